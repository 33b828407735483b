package dev.dormouse.activator;

import java.util.ArrayList;
import java.util.List;

/** What one process asked to be taken back and is not yet, and what is to be done then. Used by tasks of the agenda only. */
final class PendingTakeBacks {
    private final Runnable onDone;
    private final List<Runnable> waiting = new ArrayList<>();
    private int pending;

    PendingTakeBacks(Runnable onDone) {
        this.onDone = onDone;
    }

    /** One more; run what is returned when it is done. */
    Runnable one() {
        pending++;
        return () -> {
            pending--;
            if (pending == 0) {
                onDone.run();
                waiting.forEach(Runnable::run);
            }
        };
    }

    void whenDone(Runnable then) {
        waiting.add(then);
    }
}
