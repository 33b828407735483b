package dev.dormouse.daemon;

import dev.dormouse.daemon.api.DockerApi;
import dev.dormouse.daemon.api.EngineGate;
import dev.dormouse.daemon.api.EngineStatus;
import dev.dormouse.daemon.api.http.HttpServer;
import dev.dormouse.daemon.api.http.ListeningSocket;
import dev.dormouse.daemon.runtime.RuntimePaths;
import dev.dormouse.daemon.runtime.SystemRuntime;
import dev.dormouse.units.descriptor.InheritedDescriptor;
import dev.dormouse.units.descriptor.InheritedDescriptors;
import dev.dormouse.units.manager.DbusSystemdManager;
import dev.dormouse.units.notify.Notifier;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

public final class Dormoused {
    private Dormoused() {}

    public static void main(String[] arguments) throws Exception {
        RuntimePaths paths = RuntimePaths.installedAt(Path.of("/usr"));
        boolean systemd = SystemRuntime.systemdIsRunning();
        EngineGate gate = new EngineGate(() -> new EngineStatus("x", paths.state(), systemd), Duration.ofSeconds(60));
        HttpServer server = DockerApi.server(gate, Clock.systemUTC());
        for (InheritedDescriptor descriptor : InheritedDescriptors.take()) {
            server.listen(new ListeningSocket.InheritedUnix(descriptor.number()));
        }
        Engine engine = Engine.open(paths, systemd ? Optional.of(new DbusSystemdManager()) : Optional.empty());
        engine.restore();
        gate.open(engine.parts());
        Notifier.fromEnvironment().ready();
        Thread.currentThread().join();
    }
}
