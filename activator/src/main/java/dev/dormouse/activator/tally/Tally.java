package dev.dormouse.activator.tally;

import dev.dormouse.proxy.Loss;
import dev.dormouse.proxy.Traffic;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Counts what happens in this life of the process. Used by tasks of the agenda only. */
public final class Tally {
    private final Map<Series, Long> counts = new HashMap<>();
    private final Map<Phase, Distribution> phases = new EnumMap<>(Phase.class);

    /** One more. */
    public void count(Count count, String service) {
        count(count, service, 1);
    }

    /** More at once. */
    public void count(Count count, String service, long number) {
        add(new Series(count, service, ""), number);
    }

    /** A wake has ended. */
    public void wake(String service, String outcome) {
        add(new Series(Count.WAKES, service, outcome), 1);
    }

    /** Clients were not let in. */
    public void filtered(String service, String reason, long number) {
        add(new Series(Count.CLIENTS_FILTERED, service, reason), number);
    }

    /** What listeners of a service have moved. */
    public void traffic(String service, Traffic traffic) {
        count(Count.CLIENTS, service, traffic.accepted());
        count(Count.RECEIVED_BYTES, service, traffic.fromClients());
        count(Count.SENT_BYTES, service, traffic.toClients());
    }

    /** Datagrams that sockets of a service have lost. */
    public void losses(String service, Map<Loss, Long> losses) {
        losses.forEach((loss, number) -> add(new Series(Count.DATAGRAMS_LOST, service, loss.word()), number));
    }

    /** A phase of a wake is over, so long after its beginning. */
    public void took(Phase phase, Duration time) {
        phases.put(phase, phases.getOrDefault(phase, Distribution.NONE).plus(time));
    }

    /** Up to now. */
    public Totals totals() {
        return new Totals(counts, phases);
    }

    private void add(Series series, long number) {
        counts.merge(series, number, Long::sum);
    }
}
