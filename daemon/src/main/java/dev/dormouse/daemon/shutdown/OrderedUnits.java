package dev.dormouse.daemon.shutdown;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.event.Event;
import dev.dormouse.daemon.event.Events;
import dev.dormouse.units.manager.SystemdException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps systemd's knowledge of the containers' order as the containers are: whenever one that says what it needs is made, renamed,
 * started (which is when it leaves the unit of an old name) or removed, on a thread of its own, many changes at once. Nothing waits for it, and containers without dependencies cost nothing.
 */
public final class OrderedUnits implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OrderedUnits.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Set<String> CHANGES = Set.of("create", "rename", "start", "destroy");

    private final UnitOrder order;
    private final Supplier<? extends Collection<ContainerRecord>> containers;
    private final Runnable reload;
    private final Semaphore due = new Semaphore(0);
    private final Thread thread = Thread.ofVirtual().name("unit-order").unstarted(this::work);
    private final AutoCloseable subscription;
    private volatile boolean closed;

    /**
     * Begins.
     *
     * @param units {@code /etc/systemd/system}
     * @param containers all of them, as they are when it is asked
     * @param reload {@code systemctl daemon-reload}
     */
    public OrderedUnits(
            Path units, Supplier<? extends Collection<ContainerRecord>> containers, Runnable reload, Events events) {
        this.order = new UnitOrder(units);
        this.containers = containers;
        this.reload = reload;
        this.subscription = events.follow(this::look);
        thread.start();
    }

    /** All containers are known now: what an engine that was killed has left undone is done. */
    public void restored() {
        due.release();
    }

    private void look(Event event) {
        if (event.type().equals("container")
                && CHANGES.contains(event.action())
                && event.attributes().containsKey(Dependencies.PROJECT)) {
            due.release();
        }
    }

    private void work() {
        boolean last;
        do {
            due.acquireUninterruptibly();
            due.drainPermits();
            last = closed;
            // Also when it is closed: the last events may not have come through yet.
            settle();
        } while (!last);
    }

    private void settle() {
        try {
            if (order.write(containers.get())) {
                reload.run();
            }
        } catch (EngineException | SystemdException e) {
            LOG.error(
                    "the order in which systemd stops containers could not be written, without an engine it may stop them at"
                            + " once: {}",
                    e.getMessage());
        }
    }

    /** Looks once more, and ends. */
    @Override
    public void close() {
        closed = true;
        due.release();
        try {
            subscription.close();
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException.Failed("interrupted while the order of the units was written", e);
        } catch (Exception e) {
            throw new EngineException.Failed("cannot end following events: " + e.getMessage(), e);
        }
    }
}
