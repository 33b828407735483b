package dev.dormouse.daemon.api;

import dev.dormouse.daemon.api.wire.InfoView;
import dev.dormouse.daemon.container.ContainerState;
import dev.dormouse.daemon.lifecycle.Containers;
import dev.dormouse.daemon.network.AddressPools;
import dev.dormouse.daemon.network.HostId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gathers {@code GET /info}. */
final class SystemInfo {
    private final EngineGate engine;
    private final EngineConfig config;
    private final ProgramVersions programs;

    SystemInfo(EngineGate engine, EngineConfig config, ProgramVersions programs) {
        this.engine = engine;
        this.config = config;
        this.programs = programs;
    }

    InfoView view() {
        Optional<EngineParts> parts = engine.now();
        EngineStatus status = engine.status();
        HostFacts host = HostFacts.read();
        List<Containers.Container> containers =
                parts.map(ready -> ready.containers().list()).orElse(List.of());
        int running = (int) containers.stream()
                .filter(container -> container.state() instanceof ContainerState.Running)
                .count();
        int paused = (int) containers.stream()
                .filter(container -> container.state() instanceof ContainerState.Running run && run.paused())
                .count();
        Map<String, String> versions = programs.all();
        boolean limits = host.cgroupVersion().equals("2");
        return new InfoView(
                host.hostname(),
                containers.size(),
                running - paused,
                paused,
                containers.size() - running,
                parts.map(ready -> ready.images().list().size()).orElse(0),
                "overlay",
                List.of(List.of("Phase", status.phase()), List.of("Layers", "containers-storage")),
                new InfoView.Plugins(List.of(), List.of("bridge", "host", "null"), List.of("json-file")),
                limits,
                false,
                limits,
                limits,
                false,
                false,
                limits,
                true,
                config.current().debug(),
                false,
                0,
                Thread.activeCount(),
                Instant.now().toString(),
                "json-file",
                status.systemd() ? "systemd" : "cgroupfs",
                host.cgroupVersion(),
                0,
                host.kernel(),
                host.operatingSystem(),
                "",
                "linux",
                HostFacts.unameMachine(),
                host.cpus(),
                host.memoryBytes(),
                "",
                status.dataRoot().toString(),
                host.hostname(),
                config.current().labels(),
                false,
                EngineVersion.VERSION,
                Map.of("crun", new InfoView.RuntimeView("crun")),
                "crun",
                new InfoView.Swarm("inactive"),
                config.current().life().liveRestore(),
                "",
                "",
                new InfoView.Commit(""),
                new InfoView.Commit("crun " + versions.getOrDefault("crun", "unknown")),
                new InfoView.Commit(""),
                List.of(),
                AddressPools.of(HostId.known(status.dataRoot())),
                warnings(status, parts));
    }

    private static List<String> warnings(EngineStatus status, Optional<EngineParts> parts) {
        List<String> warnings = new ArrayList<>();
        if (!status.phase().equals("running")) {
            warnings.add("The engine is still " + status.phase());
        }
        parts.stream()
                .flatMap(ready -> ready.images().broken().stream())
                .map(image -> "WARNING: image " + image.id() + " " + image.names() + " cannot be used: " + image.error()
                        + "; mend it and restart the engine, or remove it with docker rmi " + image.id())
                .forEach(warnings::add);
        return List.copyOf(warnings);
    }
}
