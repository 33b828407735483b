package dev.dormouse.proxy.datagram;

import dev.dormouse.proxy.Loss;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what gets lost at one socket. Thread-safe. */
final class LossMeter {
    private final Map<Loss, LongAdder> counts = new EnumMap<>(Loss.class);

    LossMeter() {
        for (Loss loss : Loss.values()) {
            counts.put(loss, new LongAdder());
        }
    }

    void add(Loss loss, int datagrams) {
        counts.getOrDefault(loss, new LongAdder()).add(datagrams);
    }

    /** Those of which there are any. */
    Map<Loss, Long> totals() {
        Map<Loss, Long> totals = new EnumMap<>(Loss.class);
        counts.forEach((loss, count) -> {
            if (count.sum() > 0) {
                totals.put(loss, count.sum());
            }
        });
        return totals;
    }
}
