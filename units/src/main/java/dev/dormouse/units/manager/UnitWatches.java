package dev.dormouse.units.manager;

import dev.dormouse.units.manager.SystemdManager.UnitState;
import dev.dormouse.units.manager.SystemdManager.Watch;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners of units' new states, on one thread. A signal only says that something has changed; the state is then asked for, so
 * that several quick changes come as one, and the last state always comes.
 */
final class UnitWatches implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UnitWatches.class);
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final BusLink link;
    private final Set<Watched> all = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor thread;
    private final AtomicReference<ManagerSession> heard = new AtomicReference<>();

    UnitWatches(BusLink link) {
        this.link = link;
        this.thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("systemd-watch").factory());
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    Watch add(String unit, Consumer<UnitState> listener) {
        Watched watched = new Watched(unit, listener);
        try {
            watched.last = Optional.of(link.ask(session -> {
                watched.follow(session);
                return session.state(unit);
            }));
        } catch (SystemdException | BusErrorException e) {
            watched.close();
            throw e;
        }
        all.add(watched);
        // A change, or the connection's end, between the state and the entry in the set.
        watched.changed();
        return watched;
    }

    /** When the connection ends all of them look again, which makes a new one. */
    private void hearEnd(ManagerSession session) {
        if (heard.getAndSet(session) != session) {
            CompletableFuture<Void> _ = session.lost().thenRun(() -> all.forEach(Watched::changed));
        }
    }

    private void later(Runnable task, Duration delay) {
        try {
            Future<?> _ = thread.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            if (!thread.isShutdown()) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        all.clear();
        thread.shutdownNow();
    }

    private final class Watched implements Watch {
        private final String unit;
        private final Consumer<UnitState> listener;
        private final AtomicBoolean pending = new AtomicBoolean();
        private volatile Optional<UnitState> last = Optional.empty();
        private Optional<ManagerSession> followed = Optional.empty();
        private Optional<Bus.Subscription> subscription = Optional.empty();
        private boolean closed;

        Watched(String unit, Consumer<UnitState> listener) {
            this.unit = unit;
            this.listener = listener;
        }

        /** Subscribes on this session, unless it has. */
        synchronized void follow(ManagerSession session) {
            if (closed || followed.filter(session::equals).isPresent()) {
                return;
            }
            subscription = Optional.of(session.watch(unit, this::changed));
            followed = Optional.of(session);
            hearEnd(session);
        }

        void changed() {
            if (pending.compareAndSet(false, true)) {
                later(this::look, Duration.ZERO);
            }
        }

        private void look() {
            pending.set(false);
            if (!all.contains(this)) {
                return;
            }
            try {
                UnitState state = link.ask(session -> {
                    follow(session);
                    return session.state(unit);
                });
                if (!last.equals(Optional.of(state))) {
                    last = Optional.of(state);
                    listener.accept(state);
                }
            } catch (SystemdException | BusErrorException e) {
                if (!all.contains(this)) {
                    return; // closed meanwhile
                }
                LOG.warn(
                        "cannot look at {}, which has changed; trying again in {} s: {}",
                        unit,
                        AGAIN.toSeconds(),
                        e.getMessage());
                if (pending.compareAndSet(false, true)) {
                    later(this::look, AGAIN);
                }
            } catch (RuntimeException e) {
                LOG.error("the listener for {} failed", unit, e);
            }
        }

        @Override
        public synchronized void close() {
            closed = true;
            all.remove(this);
            subscription.ifPresent(Bus.Subscription::close);
        }
    }
}
