package dev.dormouse.daemon.api.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.dormouse.daemon.container.BindMount;
import dev.dormouse.daemon.container.HostConfig;
import dev.dormouse.daemon.spec.PublishedPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code HostConfig} of an inspect: what this engine has, and the rest of what clients read, at its only value. */
public record HostConfigView(
        @JsonInclude @Nullable List<String> binds,
        @JsonProperty("ContainerIDFile") String containerIdFile,
        LogConfig logConfig,
        String networkMode,
        Map<String, List<Binding>> portBindings,
        RestartPolicyBody restartPolicy,
        boolean autoRemove,
        @JsonInclude @Nullable List<String> capAdd,
        @JsonInclude @Nullable List<String> capDrop,
        String cgroupnsMode,
        List<String> dns,
        List<String> dnsOptions,
        List<String> dnsSearch,
        @JsonInclude @Nullable List<String> extraHosts,
        String ipcMode,
        String pidMode,
        boolean privileged,
        boolean publishAllPorts,
        boolean readonlyRootfs,
        @Nullable Map<String, String> tmpfs,
        long memory,
        long nanoCpus,
        @JsonInclude @Nullable Long pidsLimit,
        long shmSize,
        @JsonInclude @Nullable List<String> securityOpt,
        String runtime,
        String isolation) {
    /** conmon writes the log; there is no choice of drivers. */
    public record LogConfig(String type, Map<String, String> config) {
        static final LogConfig ENGINE = new LogConfig("json-file", Map.of());
    }

    /** A host address and port. */
    public record Binding(String hostIp, String hostPort) {}

    /** A container's. */
    public static HostConfigView of(HostConfig config) {
        return new HostConfigView(
                config.binds().isEmpty()
                        ? null
                        : config.binds().stream().map(HostConfigView::bind).toList(),
                "",
                LogConfig.ENGINE,
                config.networkMode().name(),
                bindings(config.publishedPorts()),
                RestartPolicyBody.of(config.restartPolicy()),
                config.autoRemove(),
                orNull(config.capAdd()),
                orNull(config.capDrop()),
                "private",
                config.dns(),
                List.of(),
                List.of(),
                orNull(config.extraHosts()),
                "private",
                "",
                false,
                false,
                config.readonlyRootfs(),
                config.tmpfs().isEmpty() ? null : config.tmpfs(),
                config.memoryBytes(),
                config.nanoCpus(),
                config.pidsLimit() > 0 ? config.pidsLimit() : null,
                config.shmBytes(),
                config.noNewPrivileges() ? List.of("no-new-privileges") : null,
                "crun",
                "");
    }

    /** Host sides of every published port, by {@code 80/tcp}. */
    static Map<String, List<Binding>> bindings(List<PublishedPort> ports) {
        Map<String, List<Binding>> bindings = new TreeMap<>();
        for (PublishedPort port : ports) {
            bindings.computeIfAbsent(port.container().toString(), _ -> new ArrayList<>())
                    .add(new Binding(port.hostAddress(), Integer.toString(port.hostPort())));
        }
        return bindings;
    }

    private static String bind(BindMount bind) {
        return bind.source() + ":" + bind.target() + (bind.readOnly() ? ":ro" : "");
    }

    private static @Nullable List<String> orNull(List<String> list) {
        return list.isEmpty() ? null : list;
    }
}
