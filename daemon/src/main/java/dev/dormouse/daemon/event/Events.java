package dev.dormouse.daemon.event;

import java.util.function.Consumer;

/** Takes events from the engine's verbs and hands them to the followers. Thread-safe; publishing never blocks on a slow follower. */
public interface Events {
    void publish(Event event);

    /** Calls {@code follower} with every event published from now on, in order. */
    AutoCloseable follow(Consumer<Event> follower);
}
