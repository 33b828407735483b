package dev.dormouse.daemon.image;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * News on their way from the threads of a pull to the one that tells the client. However slow that one is, they are bounded: of each
 * layer's progress only the last is kept. Thread-safe.
 */
final class PullBoard {
    private final Deque<PullNews> stages = new ArrayDeque<>();
    private final Map<String, PullNews.Progress> progress = new LinkedHashMap<>();
    private boolean closed;

    /** In order; a layer's progress does not come after the stage that ends it. */
    synchronized void post(PullNews news) {
        switch (news) {
            case PullNews.Progress current -> progress.put(current.layer(), current);
            case PullNews.Stage stage -> {
                Optional.ofNullable(progress.remove(stage.layer())).ifPresent(stages::add);
                stages.add(stage);
            }
            case PullNews.Whole whole -> stages.add(whole);
        }
        notifyAll();
    }

    /** No more will come. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Waits for the next; absent: that was all. */
    synchronized Optional<PullNews> next() throws InterruptedException {
        while (stages.isEmpty() && progress.isEmpty() && !closed) {
            wait();
        }
        if (!stages.isEmpty()) {
            return Optional.of(stages.remove());
        }
        Optional<String> layer = progress.keySet().stream().findFirst();
        return layer.map(progress::remove);
    }
}
