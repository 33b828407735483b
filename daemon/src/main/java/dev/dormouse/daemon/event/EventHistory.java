package dev.dormouse.daemon.event;

import java.time.Instant;
import java.util.List;

/** The past events that are still known. Calls of one history are ordered by its caller, {@link EventStream}; {@link Past} is not. */
public interface EventHistory extends AutoCloseable {
    /** Adds an event; never throws: what cannot be kept is logged, since no verb may fail for want of a history. */
    void append(Event event);

    /** What is known at this instant; taking it is cheap. */
    Past past();

    /**
     * Whether an event of the time before this engine is to be told still: no earlier engine has told of it, and it is not so old that
     * one may have and the history has dropped it since. Asked again, no: what happened while no engine was there is told once, however
     * often an engine is killed while it restores.
     */
    boolean isNews(Event event);

    @Override
    void close();

    /** The events up to one instant. */
    interface Past {
        /** Those that are not older than this, in the order of their times; to be called once, from any thread. */
        List<Event> since(Instant since);
    }
}
