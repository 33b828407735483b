package dev.dormouse.daemon.activation;

import java.util.Map;
import java.util.Optional;

/** What the activator's phases and outcomes (docs/internals.md, "Events in the journal") are called in the engine's events. */
final class Actions {
    private static final String WAKE_FAILED = "wake-failed";

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("wake/ready", "awake"),
            Map.entry("config/failed", WAKE_FAILED),
            Map.entry("after/failed", WAKE_FAILED),
            Map.entry("queue/timeout", WAKE_FAILED),
            Map.entry("unit/failed", WAKE_FAILED),
            Map.entry("unit/timeout", WAKE_FAILED),
            Map.entry("ready/failed", WAKE_FAILED),
            Map.entry("ready/timeout", WAKE_FAILED),
            Map.entry("queue/dropped", "wake-dropped"),
            Map.entry("connect/timeout", "client-closed"),
            Map.entry("sleep/asleep", "asleep"),
            Map.entry("sleep/failed", "sleep-failed"),
            Map.entry("sleep/vetoed", "sleep-vetoed"),
            Map.entry("freeze/frozen", "frozen"),
            Map.entry("freeze/failed", "freeze-failed"),
            Map.entry("thaw/thawed", "thawed"),
            Map.entry("thaw/failed", "thaw-failed"));

    private Actions() {}

    /** Empty: no such thing is known. */
    static Optional<String> of(String phase, String outcome) {
        String word = phase.equals("filter") ? "filtered" : WORDS.get(phase + "/" + outcome);
        return Optional.ofNullable(word).map(Activation.PREFIX::concat);
    }
}
