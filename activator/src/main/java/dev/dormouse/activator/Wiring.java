package dev.dormouse.activator;

import dev.dormouse.activator.activation.ActivationJournal;
import dev.dormouse.activator.config.ConfigException;
import dev.dormouse.activator.config.Folders;
import dev.dormouse.activator.config.MaxWakes;
import dev.dormouse.activator.handoff.HandoffSocket;
import dev.dormouse.activator.metrics.MetricsLedger;
import dev.dormouse.activator.metrics.MetricsServer;
import dev.dormouse.activator.service.Settings;
import dev.dormouse.activator.service.Surroundings;
import dev.dormouse.activator.service.ThreadAgenda;
import dev.dormouse.activator.status.StatusServer;
import dev.dormouse.activator.succession.Legacy;
import dev.dormouse.activator.succession.Succession;
import dev.dormouse.activator.tally.Tally;
import dev.dormouse.activator.wake.SystemdWaker;
import dev.dormouse.activator.wake.WakeSlots;
import dev.dormouse.proxy.datagram.MixedDataPlane;
import dev.dormouse.units.descriptor.InheritedDescriptor;
import dev.dormouse.units.descriptor.InheritedDescriptors;
import dev.dormouse.units.journal.Journal;
import dev.dormouse.units.manager.DbusSystemdManager;
import dev.dormouse.units.manager.SystemdException;
import dev.dormouse.units.notify.Notifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the process together and runs it. */
final class Wiring {
    private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);
    private static final Path STATUS = Path.of("/run/dormouse/activator/status");
    private static final Path METRICS = Path.of("/run/dormouse/activator/metrics");
    private static final Path COUNTS = Path.of("/var/lib/dormouse/activator");

    private Wiring() {}

    /** Serves until nothing is awake any more, or until SIGTERM; then ends the process. */
    static void serve(Settings settings) {
        DbusSystemdManager manager = new DbusSystemdManager();
        Executor background =
                task -> Thread.ofPlatform().name("background").daemon().start(task);
        // Takes hundreds of milliseconds, and the first client can be served without it.
        background.execute(() -> connect(manager));
        InheritedDescriptors.Passed passed = InheritedDescriptors.take(Succession.NAME);
        HandoffSocket socket = new HandoffSocket(handoff(passed.sockets()));
        List<Legacy> legacies = Succession.take(passed.stored());
        ThreadAgenda agenda = ThreadAgenda.start();
        WakeSlots slots = new WakeSlots(maxWakes(), agenda::execute);
        ActivationJournal journal =
                new ActivationJournal(Journal.ofProcess("dormouse-activator"), COUNTS.resolve("events"), background);
        Surroundings around = new Surroundings(
                agenda,
                background,
                new SystemdWaker(Folders.SYSTEM, manager, slots, background),
                Folders.SYSTEM::service,
                manager,
                settings,
                journal,
                new Tally());
        ActivatorProcess process = new ActivatorProcess(
                socket,
                Notifier.fromEnvironment(),
                around,
                MixedDataPlane.start(Runtime.getRuntime().availableProcessors()));
        MetricsLedger ledger = new MetricsLedger(
                COUNTS, () -> process.moment(slots), name -> Files.exists(Folders.SYSTEM.serviceFile(name)));
        process.inherit(legacies);
        Ending ending = new Ending(process, ledger, journal);
        Runtime.getRuntime().addShutdownHook(new Thread(ending::succeeded));
        background.execute(() -> tellStatus(process));
        process.onRest(() -> background.execute(ledger::leave));
        background.execute(() -> tellMetrics(ledger, background));
        process.run();
        ending.atRest();
    }

    /** A file that is wrong must not keep every service from being woken. */
    private static int maxWakes() {
        try {
            return MaxWakes.ofSystem();
        } catch (ConfigException e) {
            LOG.error("{}; waking one container at a time", e.getMessage());
            return 1;
        }
    }

    private static int handoff(List<InheritedDescriptor> inherited) {
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

    private static void tellMetrics(MetricsLedger ledger, Executor background) {
        try (MetricsServer server = MetricsServer.listen(METRICS, ledger, background)) {
            server.serve();
        } catch (IOException e) {
            LOG.warn("no metrics at {}: {}", METRICS, e.getMessage());
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
