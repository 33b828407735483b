package dev.dormouse.activator.service;

import dev.dormouse.activator.config.Names;
import dev.dormouse.activator.tally.Count;
import dev.dormouse.activator.tally.Phase;
import dev.dormouse.activator.tally.Tally;
import dev.dormouse.activator.wake.WakeOutcome;
import dev.dormouse.activator.wake.WakePhases;
import dev.dormouse.proxy.Backend.ConnectFailed;
import dev.dormouse.units.journal.Journal;
import dev.dormouse.units.journal.JournalEvent;
import dev.dormouse.units.journal.JournalEvent.Level;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has happened to one service, for the journal and the counts. Used by tasks of the agenda only. */
final class Chronicle {
    private static final Logger LOG = LoggerFactory.getLogger(Chronicle.class);

    private final String name;
    private final Supplier<String> container;
    private final Journal journal;
    private final Tally tally;

    /** That of a service; {@code container} tells the name of the one that it wakes. */
    Chronicle(String name, Supplier<String> container, Journal journal, Tally tally) {
        this.name = name;
        this.container = container;
        this.journal = journal;
        this.tally = tally;
    }

    /** The container is ready; {@link #awake} follows. */
    void ready() {
        tally.wake(name, "ready");
    }

    /**
     * What a wake took that has succeeded.
     *
     * @param served clients that were held for it
     * @param id the container's
     */
    void awake(WakePhases phases, int served, String id) {
        JournalEvent event = event(Level.INFO, "wake", "ready", ": awake, " + phases + ", " + served + " clients held")
                .with("DURATION_USEC", phases.firstByte().orElse(phases.ready()))
                .with("CONTAINER_ID", id);
        for (Map.Entry<Phase, Duration> phase : times(phases).entrySet()) {
            tally.took(phase.getKey(), phase.getValue());
            event = event.with(phase.getKey().name().toUpperCase(Locale.ROOT) + "_USEC", phase.getValue());
        }
        journal.tell(event);
    }

    /** The container was awake, but nothing accepted the connect. */
    void refused(ConnectFailed failed) {
        LOG.info("{}: {} at {}; waking it", name, failed.words(), failed.address());
    }

    /** systemd listens on its sockets too: their service was stopped before this process could be told. */
    void notOurs() {
        LOG.info("{}: {} is not active, giving its sockets back", name, Names.proxyUnit(name));
    }

    /** A wake has failed. */
    void failed(WakeOutcome.Failed failed, Duration took, int closed, Duration delay) {
        tally.wake(name, failed.kind().word());
        tally.count(Count.CLIENTS_CLOSED, name, closed);
        journal.tell(JournalEvent.of(
                        Level.ERROR,
                        failed.reason() + "; " + closed + " clients closed, next try not before " + delay.toSeconds()
                                + " s")
                .with("SERVICE", name)
                .with("CONTAINER_NAME", container.get())
                .with("PHASE", failed.kind().phase())
                .with("OUTCOME", failed.kind().outcome())
                .with("DURATION_USEC", took));
    }

    /** A wake's clients had all gone before its turn came. */
    void dropped(Duration took) {
        tally.wake(name, "dropped");
        journal.tell(event(Level.INFO, "queue", "dropped", ": not woken, its clients have gone before its turn came")
                .with("DURATION_USEC", took));
    }

    /** Its container was stopped for want of clients. */
    void asleep(Duration took) {
        tally.count(Count.IDLE_STOPS, name);
        journal.tell(event(Level.INFO, "sleep", "asleep", ": asleep, container stopped in " + took.toMillis() + " ms")
                .with("DURATION_USEC", took));
    }

    /** Its container was frozen for want of clients. */
    void frozen(Duration took) {
        tally.count(Count.FREEZES, name);
        journal.tell(event(Level.INFO, "freeze", "frozen", ": frozen").with("DURATION_USEC", took));
    }

    /** Its container was thawed, so long after somebody wanted it. */
    void thawed(Duration took) {
        tally.count(Count.THAWS, name);
        String words = ": thawed in " + took.toNanos() / 1_000 + " us";
        journal.tell(event(Level.INFO, "thaw", "thawed", words).with("DURATION_USEC", took));
    }

    /** Its container could not be frozen. */
    void cannotFreeze(String problem) {
        journal.tell(event(Level.WARNING, "freeze", "failed", ": cannot be frozen: " + problem));
    }

    /** Its container could not be thawed. */
    void cannotThaw(String problem) {
        journal.tell(event(Level.ERROR, "thaw", "failed", ": cannot be thawed: " + problem));
    }

    /** Its own command is against its sleep. */
    void vetoed(String why) {
        journal.tell(event(Level.INFO, "sleep", "vetoed", ": stays awake: its veto command " + why));
    }

    /** Its container or its socket's unit could not be stopped. */
    void cannotSleep(String problem) {
        journal.tell(event(Level.WARNING, "sleep", "failed", ": cannot fall asleep: " + problem));
    }

    /** A connect to the container has failed. */
    void connectFailed() {
        tally.count(Count.CONNECT_FAILURES, name);
    }

    /** A client is closed, as nothing has accepted its connects until its deadline. */
    void overdue(ConnectFailed failed) {
        tally.count(Count.CLIENTS_CLOSED, name);
        journal.tell(event(
                        Level.WARNING,
                        "connect",
                        "timeout",
                        ": a client is closed after " + failed.failures() + " failed connects: " + failed.words())
                .with("DURATION_USEC", failed.held()));
    }

    /** A held client was told to come again. */
    void putOff() {
        tally.count(Count.CLIENTS_PUT_OFF, name);
    }

    /** Held clients were closed for another reason than a failed wake. */
    void closed(int clients) {
        tally.count(Count.CLIENTS_CLOSED, name, clients);
    }

    private JournalEvent event(Level level, String phase, String outcome, String words) {
        return JournalEvent.of(level, name + words)
                .with("SERVICE", name)
                .with("CONTAINER_NAME", container.get())
                .with("PHASE", phase)
                .with("OUTCOME", outcome);
    }

    private static Map<Phase, Duration> times(WakePhases phases) {
        Map<Phase, Duration> times = new EnumMap<>(Phase.class);
        times.put(Phase.QUEUE, phases.queue());
        phases.create().ifPresent(time -> times.put(Phase.CREATE, time));
        phases.unit().ifPresent(time -> times.put(Phase.UNIT, time));
        times.put(Phase.READY, phases.ready());
        phases.firstByte().ifPresent(time -> times.put(Phase.FIRST_BYTE, time));
        return times;
    }
}
