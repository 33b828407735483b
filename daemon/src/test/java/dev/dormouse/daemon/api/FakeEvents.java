package dev.dormouse.daemon.api;

import dev.dormouse.daemon.event.Event;
import dev.dormouse.daemon.event.Events;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Events in memory; followers are called by the publisher. */
final class FakeEvents implements Events, EventSource {
    private final List<Event> kept = new ArrayList<>();
    private final List<Consumer<Event>> followers = new CopyOnWriteArrayList<>();

    @Override
    public synchronized void publish(Event event) {
        kept.add(event);
        followers.forEach(follower -> follower.accept(event));
        notifyAll();
    }

    @Override
    public AutoCloseable follow(Consumer<Event> follower) {
        return follow(Optional.empty(), follower, () -> {});
    }

    @Override
    public synchronized List<Event> since(Instant since) {
        return kept.stream().filter(event -> !event.time().isBefore(since)).toList();
    }

    @Override
    public synchronized AutoCloseable follow(Optional<Instant> since, Consumer<Event> follower, Runnable dropped) {
        since.ifPresent(moment -> since(moment).forEach(follower));
        followers.add(follower);
        notifyAll();
        return () -> unfollow(follower);
    }

    private synchronized void unfollow(Consumer<Event> follower) {
        followers.remove(follower);
        notifyAll();
    }

    /** Blocks until so many follow. */
    synchronized void awaitFollowers(int count) throws InterruptedException {
        while (followers.size() != count) {
            wait();
        }
    }
}
