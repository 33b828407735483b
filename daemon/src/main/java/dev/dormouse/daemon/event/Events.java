package dev.dormouse.daemon.event;

import java.util.function.Consumer;

/** Takes events from the engine's verbs and hands them to the followers. Thread-safe; publishing never blocks on a slow follower. */
public interface Events {
    void publish(Event event);

    /**
     * Publishes what happened at a time that is past already, unless this engine or an earlier one has told of it.
     *
     * @return whether it was published; always, where the past is not kept
     */
    default boolean publishIfNews(Event event) {
        publish(event);
        return true;
    }

    /** Calls {@code follower} with every event published from now on, in order. */
    AutoCloseable follow(Consumer<Event> follower);
}
