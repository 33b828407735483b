package dev.dormouse.activator.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives listeners back: accepts no more, lets connections end for a bounded time, breaks the rest off, closes. Used by tasks of the
 * agenda only.
 */
final class Drain {
    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
    /** Nothing tells when the last connection ends; this look is cheap, and bounded by the time of the drain. */
    private static final Duration LOOK = Duration.ofMillis(10);

    private final String name;
    private final Surroundings around;
    private final Listeners listeners;
    private final Runnable closed;
    private final List<Runnable> waiting = new ArrayList<>();
    private boolean over;

    /**
     * A drain that has not begun.
     *
     * @param closed called when the listeners are closed, before all that wait for it
     */
    Drain(String name, Surroundings around, Listeners listeners, Runnable closed) {
        this.name = name;
        this.around = around;
        this.listeners = listeners;
        this.closed = closed;
    }

    void begin() {
        long end = around.agenda().nanos() + around.settings().drain().toNanos();
        var _ = listeners.pause().whenComplete((_, _) -> around.agenda().execute(() -> look(end)));
    }

    /** To be called when it is over. */
    void await(Runnable done) {
        waiting.add(done);
    }

    /** The sockets have been handed over once more: nobody needs to wait. */
    void cancel() {
        over = true;
        waiting.forEach(Runnable::run);
    }

    private void look(long end) {
        if (over) {
            return;
        }
        int connections = listeners.connections();
        if (connections > 0 && around.agenda().nanos() < end) {
            around.agenda().schedule(LOOK, () -> look(end));
            return;
        }
        if (connections > 0) {
            long seconds = around.settings().drain().toSeconds();
            LOG.warn(
                    "{}: {} connections broken off, still open {} s after the socket was taken back",
                    name,
                    connections,
                    seconds);
            listeners.abort();
        }
        var _ = listeners.close().whenComplete((_, _) -> around.agenda().execute(this::finish));
    }

    private void finish() {
        if (!over) {
            over = true;
            closed.run();
            waiting.forEach(Runnable::run);
        }
    }
}
