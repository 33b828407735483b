package dev.dormouse.activator;

import dev.dormouse.activator.config.ConfigException;
import dev.dormouse.activator.config.Folders;
import dev.dormouse.activator.handoff.HandoffSocket;
import dev.dormouse.activator.service.Settings;
import dev.dormouse.activator.service.Surroundings;
import dev.dormouse.activator.service.ThreadAgenda;
import dev.dormouse.activator.status.StatusServer;
import dev.dormouse.activator.wake.SystemdWaker;
import dev.dormouse.proxy.loop.EpollDataPlane;
import dev.dormouse.units.descriptor.InheritedDescriptor;
import dev.dormouse.units.descriptor.InheritedDescriptors;
import dev.dormouse.units.manager.DbusSystemdManager;
import dev.dormouse.units.manager.SystemdException;
import dev.dormouse.units.notify.Notifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the process together and runs it. */
final class Wiring {
    private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);
    private static final Path STATUS = Path.of("/run/dormouse/activator/status");

    private Wiring() {}

    /** Serves until nothing is awake any more, or until SIGTERM; then ends the process. */
    static void serve(Settings settings) {
        DbusSystemdManager manager = new DbusSystemdManager();
        Executor background =
                task -> Thread.ofPlatform().name("background").daemon().start(task);
        // Takes hundreds of milliseconds, and the first client can be served without it.
        background.execute(() -> connect(manager));
        HandoffSocket socket = new HandoffSocket(handoff());
        ThreadAgenda agenda = ThreadAgenda.start();
        Surroundings around = new Surroundings(
                agenda,
                background,
                new SystemdWaker(Folders.SYSTEM, manager, background),
                Folders.SYSTEM::service,
                manager,
                settings);
        ActivatorProcess process = new ActivatorProcess(
                socket,
                Notifier.fromEnvironment(),
                around,
                EpollDataPlane.start(Runtime.getRuntime().availableProcessors()));
        AtomicBoolean leaving = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (leaving.compareAndSet(false, true)) {
                process.close();
                Runtime.getRuntime().halt(0);
            }
        }));
        background.execute(() -> tellStatus(process));
        process.run();
        leaving.set(true);
        System.exit(0);
    }

    private static int handoff() {
        List<InheritedDescriptor> inherited = InheritedDescriptors.take();
        if (inherited.size() != 1 || inherited.getFirst().type() != InheritedDescriptor.Type.DATAGRAM) {
            throw new ConfigException(
                    "exactly one datagram socket must be passed, not " + inherited + "; see dormouse-activator.socket");
        }
        return inherited.getFirst().number();
    }

    private static void connect(DbusSystemdManager manager) {
        try {
            manager.connect();
        } catch (SystemdException e) {
            LOG.warn("{}; trying again when it is needed", e.getMessage());
        }
    }

    private static void tellStatus(ActivatorProcess process) {
        try (StatusServer server = StatusServer.listen(STATUS, process::snapshots)) {
            server.serve();
        } catch (IOException e) {
            LOG.warn("no status at {}: {}", STATUS, e.getMessage());
        }
    }
}
