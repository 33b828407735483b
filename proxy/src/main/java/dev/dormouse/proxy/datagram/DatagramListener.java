package dev.dormouse.proxy.datagram;

import dev.dormouse.proxy.CarriedConnection;
import dev.dormouse.proxy.GivenUpListener;
import dev.dormouse.proxy.Listener;
import dev.dormouse.proxy.Loss;
import dev.dormouse.proxy.Traffic;
import dev.dormouse.proxy.loop.Loop;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A UDP socket that one loop serves. Thread-safe. */
final class DatagramListener implements Listener {
    private final Loop loop;
    private final int descriptor;
    private final Dealings dealings;
    private final SessionMeter meter = new SessionMeter();
    private final Inlet inlet;
    private final Consumer<DatagramListener> onEnd;
    private Optional<CompletableFuture<Void>> ended = Optional.empty();

    /** {@code onEnd} is told that its descriptor is not its own any more. */
    DatagramListener(Loop loop, int descriptor, Dealings dealings, Consumer<DatagramListener> onEnd) {
        this.loop = loop;
        this.descriptor = descriptor;
        this.dealings = dealings;
        this.onEnd = onEnd;
        this.inlet = new Inlet(loop, descriptor, dealings, meter);
    }

    @Override
    public int connections() {
        return meter.sessions();
    }

    @Override
    public Traffic traffic() {
        return meter.traffic();
    }

    @Override
    public Map<Loss, Long> losses() {
        return dealings.losses().totals();
    }

    @Override
    public boolean takesUp() {
        return false;
    }

    @Override
    public long lastActivityNanos() {
        return meter.lastActivityNanos();
    }

    @Override
    public synchronized CompletableFuture<Void> pause() {
        return ended.orElseGet(() -> onLoop(inlet::pause));
    }

    @Override
    public synchronized void resume() {
        if (ended.isEmpty()) {
            loop.leave(inlet::resume);
        }
    }

    @Override
    public synchronized CompletableFuture<Void> close() {
        if (ended.isEmpty()) {
            ended = Optional.of(onLoop(() -> {
                inlet.end();
                loop.kernel().close(descriptor);
                onEnd.accept(this);
            }));
        }
        return ended.get();
    }

    /** Its sessions begin anew at whoever has the socket next: decision 18. */
    @Override
    public synchronized CompletableFuture<GivenUpListener> giveUp() {
        if (ended.isPresent()) {
            return ended.get().thenApply(_ -> new GivenUpListener(OptionalInt.empty(), List.of()));
        }
        CompletableFuture<Void> done = onLoop(() -> {
            inlet.end();
            onEnd.accept(this);
        });
        ended = Optional.of(done);
        return done.thenApply(_ -> new GivenUpListener(OptionalInt.of(descriptor), List.of()));
    }

    @Override
    public void takeUp(CarriedConnection connection) {
        throw new UnsupportedOperationException("a UDP socket has no connections to go on with");
    }

    @Override
    public void abort() {
        loop.leave(inlet::endSessions);
    }

    /** Completes when it is done, at once if the loop has ended, with which all its sessions have. */
    private CompletableFuture<Void> onLoop(Runnable act) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        boolean willRun = loop.leave(() -> {
            try {
                act.run();
            } finally {
                done.complete(null);
            }
        });
        if (!willRun) {
            done.complete(null);
        }
        return done;
    }
}
