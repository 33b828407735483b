package dev.dormouse.proxy.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** How many clients of a listener are before its doorkeeper. Thread-safe. */
final class Undecided {
    private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
    private int count;

    synchronized void came() {
        count++;
    }

    void left() {
        List<CompletableFuture<Void>> told = List.of();
        synchronized (this) {
            count--;
            if (count == 0) {
                told = List.copyOf(waiting);
                waiting.clear();
            }
        }
        told.forEach(each -> each.complete(null));
    }

    /** Completes when there is nobody. */
    synchronized CompletableFuture<Void> none() {
        CompletableFuture<Void> none = new CompletableFuture<>();
        if (count == 0) {
            none.complete(null);
        } else {
            waiting.add(none);
        }
        return none;
    }
}
