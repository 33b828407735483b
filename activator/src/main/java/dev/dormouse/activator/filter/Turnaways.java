package dev.dormouse.activator.filter;

import dev.dormouse.activator.service.Agenda;
import dev.dormouse.activator.tally.Tally;
import dev.dormouse.units.journal.Journal;
import dev.dormouse.units.journal.JournalEvent;
import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Who was not let in to one service: counted by reason, and told to the journal, the first at once and then all of a minute in a line, as a
 * scanner must not fill it. Of a client nothing is told but the address of the last. Thread-safe.
 */
public final class Turnaways {
    private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

    private final String service;
    private final Agenda agenda;
    private final Tally tally;
    private final Journal journal;

    /** Under the lock of this object. */
    private final Map<Reason, Long> fresh = new EnumMap<>(Reason.class);

    private Optional<InetAddress> last = Optional.empty();

    /** Of the agenda. */
    private final Map<Reason, Long> untold = new EnumMap<>(Reason.class);

    private Optional<Long> nextLineNanos = Optional.empty();
    private boolean planned;

    /** Those of a service, none yet. */
    public Turnaways(String service, Agenda agenda, Tally tally, Journal journal) {
        this.service = service;
        this.agenda = agenda;
        this.tally = tally;
        this.journal = journal;
    }

    /** One more. */
    void count(Reason reason, Optional<InetAddress> source) {
        boolean first;
        synchronized (this) {
            first = fresh.isEmpty();
            fresh.merge(reason, 1L, Long::sum);
            last = source.or(() -> last);
        }
        if (first) {
            agenda.execute(this::take);
        }
    }

    private void take() {
        Map<Reason, Long> taken;
        synchronized (this) {
            taken = new EnumMap<>(fresh);
            fresh.clear();
        }
        taken.forEach((reason, number) -> {
            tally.filtered(service, reason.word(), number);
            untold.merge(reason, number, Long::sum);
        });
        long now = agenda.nanos();
        long wait = nextLineNanos.map(next -> next - now).orElse(0L);
        if (wait <= 0) {
            tell();
        } else if (!planned) {
            planned = true;
            agenda.schedule(Duration.ofNanos(wait), this::tell);
        }
    }

    private void tell() {
        planned = false;
        nextLineNanos = Optional.of(agenda.nanos() + BETWEEN_LINES.toNanos());
        if (untold.isEmpty()) {
            return;
        }
        long number = untold.values().stream().mapToLong(Long::longValue).sum();
        String reasons = untold.entrySet().stream()
                .map(entry -> entry.getKey().word() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        String from = lastSource().map(source -> "; the last from " + source).orElse("");
        String outcome = untold.keySet().iterator().next().word();
        untold.clear();
        journal.tell(JournalEvent.of(
                        JournalEvent.Level.INFO, service + ": " + number + " clients not let in: " + reasons + from)
                .with("SERVICE", service)
                .with("PHASE", "filter")
                .with("OUTCOME", outcome)
                .with("CLIENTS", Long.toString(number)));
    }

    private synchronized Optional<String> lastSource() {
        return last.map(InetAddress::getHostAddress);
    }
}
