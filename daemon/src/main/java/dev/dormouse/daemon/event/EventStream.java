package dev.dormouse.daemon.event;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's event stream. Each follower is fed by a thread of its own from a queue of at most {@link #QUEUED_PER_FOLLOWER} events;
 * one that falls further behind is dropped, so that no reader of {@code docker events} can hold up a verb or fill the memory.
 * Thread-safe.
 */
public final class EventStream implements Events, AutoCloseable {
    /** How many past events a stream without a history of its own knows, as dockerd's 256. */
    public static final int KEPT = 256;

    /** How far a follower may fall behind. */
    public static final int QUEUED_PER_FOLLOWER = 1024;

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

    private final EventHistory history;
    private final Set<Follower> followers = ConcurrentHashMap.newKeySet();

    /** Keeps the last {@link #KEPT} events in memory. */
    public EventStream() {
        this(new RecentEvents(KEPT));
    }

    public EventStream(EventHistory history) {
        this.history = history;
    }

    @Override
    public synchronized void publish(Event event) {
        history.append(event);
        followers.removeIf(follower -> isTooSlow(follower, event));
    }

    @Override
    public AutoCloseable follow(Consumer<Event> follower) {
        return follow(Optional.empty(), follower, () -> {});
    }

    /**
     * Calls {@code consumer} with the kept events that are not older than {@code since}, then with every event published from now on,
     * in order, none twice, none left out. The kept ones are read on the follower's thread.
     *
     * @param since absent: only what is published from now on
     * @param dropped called once, on the follower's thread, when the follower ends without having been closed: it was too slow or threw
     */
    public synchronized AutoCloseable follow(Optional<Instant> since, Consumer<Event> consumer, Runnable dropped) {
        Supplier<List<Event>> past = since.map(this::pastSince).orElse(List::of);
        Follower follower = new Follower(past, QUEUED_PER_FOLLOWER, consumer, dropped, followers::remove);
        followers.add(follower);
        follower.start();
        return follower;
    }

    /** The kept events that are not older than this, oldest first. */
    public List<Event> since(Instant since) {
        return pastSince(since).get();
    }

    private synchronized Supplier<List<Event>> pastSince(Instant since) {
        EventHistory.Past past = history.past();
        return () -> past.since(since);
    }

    @Override
    public synchronized boolean publishIfNews(Event event) {
        boolean news = history.isNews(event);
        if (news) {
            publish(event);
        }
        return news;
    }

    /** Ends all followers, without their being told that they were dropped, and lets go of the history. */
    @Override
    public synchronized void close() {
        List.copyOf(followers).forEach(Follower::close);
        history.close();
    }

    private static boolean isTooSlow(Follower follower, Event event) {
        if (follower.offer(event)) {
            return false;
        }
        LOG.warn(
                "event follower dropped: it is more than {} events behind; it should read faster or filter more",
                QUEUED_PER_FOLLOWER);
        follower.drop();
        return true;
    }
}
