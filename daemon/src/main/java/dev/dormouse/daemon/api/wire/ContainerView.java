package dev.dormouse.daemon.api.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.dormouse.daemon.container.ContainerConfig;
import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.ContainerState;
import dev.dormouse.daemon.lifecycle.Containers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answer of {@code GET /containers/{id}/json}. */
public record ContainerView(
        String id,
        String created,
        String path,
        List<String> args,
        StateView state,
        String image,
        String resolvConfPath,
        String hostnamePath,
        String hostsPath,
        String logPath,
        String name,
        int restartCount,
        String driver,
        String platform,
        String mountLabel,
        String processLabel,
        String appArmorProfile,
        @JsonProperty("ExecIDs") @JsonInclude @Nullable List<String> execIds,
        HostConfigView hostConfig,
        GraphDriverView graphDriver,
        List<MountView> mounts,
        ContainerConfigView config,
        NetworkSettingsView networkSettings) {
    /**
     * A container as clients see it.
     *
     * @param containers where its files are as docs/internals.md says
     * @param execs its execs that have not ended
     */
    public static ContainerView of(Containers.Container container, Path containers, List<String> execs) {
        ContainerRecord record = container.record();
        boolean running = container.state() instanceof ContainerState.Running;
        List<String> command = command(record.config());
        Path folder = containers.resolve(record.id().value());
        return new ContainerView(
                record.id().value(),
                record.created().toString(),
                command.isEmpty() ? "" : command.getFirst(),
                command.isEmpty() ? List.of() : command.subList(1, command.size()),
                StateView.of(container),
                record.image().toString(),
                folder.resolve("resolv.conf").toString(),
                folder.resolve("hostname").toString(),
                folder.resolve("hosts").toString(),
                folder.resolve("container.log").toString(),
                "/" + record.name(),
                container.restartCount(),
                GraphDriverView.DRIVER,
                "linux",
                "",
                "",
                "",
                execs.isEmpty() ? null : execs,
                HostConfigView.of(record.hostConfig()),
                GraphDriverView.of(folder),
                MountView.of(record.hostConfig()),
                ContainerConfigView.of(record.config()),
                NetworkSettingsView.of(record, running));
    }

    /** Entry point and arguments, as they are executed. */
    static List<String> command(ContainerConfig config) {
        return Stream.concat(config.entrypoint().orElse(List.of()).stream(), config.cmd().orElse(List.of()).stream())
                .toList();
    }

    /** Where its files are. */
    public record GraphDriverView(String name, Map<String, String> data) {
        static final String DRIVER = "overlay";

        static GraphDriverView of(Path folder) {
            return new GraphDriverView(
                    DRIVER,
                    Map.of(
                            "MergedDir", folder.resolve("merged").toString(),
                            "UpperDir", folder.resolve("upper").toString(),
                            "WorkDir", folder.resolve("work").toString()));
        }
    }
}
