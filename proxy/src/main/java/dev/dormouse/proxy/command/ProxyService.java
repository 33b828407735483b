package dev.dormouse.proxy.command;

import dev.dormouse.proxy.Backend;
import dev.dormouse.proxy.DataPlane;
import dev.dormouse.proxy.Listener;
import dev.dormouse.proxy.Reception;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** Serves inherited listeners until there was nothing to do for long enough, or until it is told to stop. */
public final class ProxyService {
    /** An idle time that does not pass. */
    public static final Duration FOR_EVER = Duration.ofDays(100_000);

    private static final Duration DRAIN = Duration.ofSeconds(5);
    private static final Duration DRAIN_POLL = Duration.ofMillis(10);

    private final DataPlane plane;
    private final List<Listener> listeners = new ArrayList<>();
    private final Surroundings surroundings;

    private ProxyService(DataPlane plane, Surroundings surroundings) {
        this.plane = plane;
        this.surroundings = surroundings;
    }

    /**
     * Begins to serve.
     *
     * @param descriptors of listening stream sockets
     * @param reception of the clients of each
     * @param wait how long a client is held at most; empty: for ever
     */
    public static ProxyService start(
            DataPlane plane,
            List<Integer> descriptors,
            Reception reception,
            Target target,
            Optional<Duration> wait,
            Surroundings surroundings) {
        ProxyService service = new ProxyService(plane, surroundings);
        Backend backend = new PatientBackend(target, Addresses.of(target), wait);
        for (int descriptor : descriptors) {
            service.listeners.add(plane.listen(descriptor, reception, backend));
        }
        surroundings.ready();
        return service;
    }

    /** Returns when no client was there for so long; those that come then stay in the kernel's queue for who listens next. */
    public void awaitIdle(Duration idle) throws InterruptedException {
        while (true) {
            long left = idle.toNanos() - idleNanos();
            if (left <= 0) {
                if (pausedIdle()) {
                    surroundings.stopping();
                    return;
                }
                continue;
            }
            Thread.sleep(Duration.ofNanos(left));
        }
    }

    /** How long there has been no client; 0 while there is one. */
    private long idleNanos() {
        long now = System.nanoTime();
        long least = Long.MAX_VALUE;
        for (Listener listener : listeners) {
            least = listener.connections() > 0 ? 0 : Math.min(least, now - listener.lastActivityNanos());
            if (least <= 0) {
                return 0;
            }
        }
        return least;
    }

    /** Stops accepting, unless a client came meanwhile. */
    private boolean pausedIdle() {
        pauseAll();
        for (Listener listener : listeners) {
            if (listener.connections() > 0) {
                listeners.forEach(Listener::resume);
                return false;
            }
        }
        return true;
    }

    /** Stops accepting, lets connections end for at most five seconds, and breaks off those that are left. */
    public void stop() {
        surroundings.stopping();
        pauseAll();
        long end = System.nanoTime() + DRAIN.toNanos();
        while (connected() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(DRAIN_POLL.toNanos());
        }
        plane.close();
    }

    private boolean connected() {
        for (Listener listener : listeners) {
            if (listener.connections() > 0) {
                return true;
            }
        }
        return false;
    }

    private void pauseAll() {
        List<CompletableFuture<Void>> pauses = new ArrayList<>();
        for (Listener listener : listeners) {
            pauses.add(listener.pause());
        }
        for (CompletableFuture<Void> pause : pauses) {
            pause.join();
        }
    }
}
