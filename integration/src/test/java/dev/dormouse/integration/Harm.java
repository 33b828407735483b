package dev.dormouse.integration;

import java.util.Set;

/**
 * A death that takes connections with it.
 *
 * @param victims whose clients it explains
 * @param begin before the kill, of {@link System#nanoTime()}
 * @param end when what was killed had certainly gone: who comes later has nothing to do with it
 */
record Harm(String what, Set<String> victims, long begin, long end) {
    boolean explains(Visit visit) {
        return victims.contains(visit.service()) && visit.begin() <= end && visit.end() >= begin;
    }

    @Override
    public String toString() {
        return "%s of %s from %d ms to %d ms".formatted(what, victims, begin / 1_000_000, end / 1_000_000);
    }
}
