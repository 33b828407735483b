package dev.dormouse.activator.tally;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How long something took, as a histogram.
 *
 * @param counts how many fell into each bucket: above the bound before, up to its own of {@link #BOUNDS}; the last has no bound
 * @param sum of all, in seconds
 */
public record Distribution(List<Long> counts, double sum) {
    /** Seconds. A wake takes 0.1 to 1 s; what starts slowly inside the container makes it more. */
    public static final List<Double> BOUNDS =
            List.of(0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0);

    /** Of nothing yet. */
    public static final Distribution NONE = new Distribution(Collections.nCopies(BOUNDS.size() + 1, 0L), 0);

    private static final double NANOS = 1e9;

    public Distribution {
        counts = List.copyOf(counts);
        if (counts.size() != BOUNDS.size() + 1) {
            throw new IllegalArgumentException(
                    "a distribution has " + (BOUNDS.size() + 1) + " buckets, not " + counts.size());
        }
    }

    /** With one more. */
    public Distribution plus(Duration time) {
        double seconds = time.toNanos() / NANOS;
        int bucket = 0;
        while (bucket < BOUNDS.size() && seconds > BOUNDS.get(bucket)) {
            bucket++;
        }
        List<Long> more = new ArrayList<>(counts);
        more.set(bucket, more.get(bucket) + 1);
        return new Distribution(more, sum + seconds);
    }

    /** Both together. */
    public Distribution plus(Distribution other) {
        List<Long> both = new ArrayList<>();
        for (int bucket = 0; bucket < counts.size(); bucket++) {
            both.add(counts.get(bucket) + other.counts.get(bucket));
        }
        return new Distribution(both, sum + other.sum);
    }
}
