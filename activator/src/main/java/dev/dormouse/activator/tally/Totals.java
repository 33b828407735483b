package dev.dormouse.activator.tally;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Counts at one moment. */
public record Totals(Map<Series, Long> counts, Map<Phase, Distribution> phases) {
    /** Of nothing yet. */
    public static final Totals NONE = new Totals(Map.of(), Map.of());

    public Totals {
        counts = Map.copyOf(counts);
        phases = Map.copyOf(phases);
    }

    /** Both together. */
    public Totals plus(Totals other) {
        Map<Series, Long> sums = new HashMap<>(counts);
        other.counts.forEach((series, count) -> sums.merge(series, count, Long::sum));
        Map<Phase, Distribution> both = new EnumMap<>(Phase.class);
        both.putAll(phases);
        other.phases.forEach((phase, times) -> both.merge(phase, times, Distribution::plus));
        return new Totals(sums, both);
    }

    /** Without those of other services. */
    public Totals only(Predicate<String> services) {
        Map<Series, Long> kept = new HashMap<>(counts);
        kept.keySet().removeIf(series -> !services.test(series.service()));
        return new Totals(kept, phases);
    }
}
