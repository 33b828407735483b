package dev.dormouse.daemon.event;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One reader of the event stream: the past, then a bounded queue, and the thread that empties both into the reader. */
final class Follower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    private final Supplier<List<Event>> past;
    private final BlockingQueue<Event> queue;
    private final Consumer<Event> consumer;
    private final Runnable dropped;
    private final Consumer<Follower> ended;
    private final Thread thread;
    private volatile boolean closed;

    Follower(
            Supplier<List<Event>> past,
            int capacity,
            Consumer<Event> consumer,
            Runnable dropped,
            Consumer<Follower> ended) {
        this.past = past;
        this.queue = new LinkedBlockingQueue<>(capacity);
        this.consumer = consumer;
        this.dropped = dropped;
        this.ended = ended;
        this.thread = Thread.ofVirtual().name("events").unstarted(this::feed);
    }

    void start() {
        thread.start();
    }

    /** Whether there was room. */
    boolean offer(Event event) {
        return queue.offer(event);
    }

    /** Ends it because it is too slow. */
    void drop() {
        thread.interrupt();
    }

    /** Ends it because the reader wants no more. */
    @Override
    public void close() {
        closed = true;
        ended.accept(this);
        thread.interrupt();
    }

    private void feed(Event event) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("closed, or too slow");
        }
        consumer.accept(event);
    }

    private void feed() {
        try {
            for (Event event : past.get()) {
                feed(event);
            }
            while (!closed) {
                feed(queue.take());
            }
        } catch (InterruptedException _) {
            LOG.debug(
                    "event follower interrupted: closed or too slow"); // the thread ends, nobody else looks at its flag
        } catch (RuntimeException e) {
            if (!closed) {
                LOG.warn("event follower ended: it failed on an event: {}", e.toString());
            }
        } finally {
            ended.accept(this);
            if (!closed) {
                dropped.run();
            }
        }
    }
}
