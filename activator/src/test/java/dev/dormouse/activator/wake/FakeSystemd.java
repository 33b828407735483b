package dev.dormouse.activator.wake;

import dev.dormouse.units.manager.JobResult;
import dev.dormouse.units.manager.SystemdException;
import dev.dormouse.units.manager.SystemdManager;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A systemd whose answers, and how long a start takes, a test decides. */
final class FakeSystemd implements SystemdManager {
    final AtomicInteger starts = new AtomicInteger();
    final CompletableFuture<JobResult> job = new CompletableFuture<>();
    final CompletableFuture<Consumer<UnitState>> watcher = new CompletableFuture<>();
    volatile UnitState state = new UnitState("inactive", "dead", "success");
    volatile Optional<String> refusal = Optional.empty();
    volatile boolean watched;
    /** The next start finds no slot. */
    volatile boolean skipping;

    volatile Map<String, Object> socket = Map.of();
    volatile Map<String, Object> container = Map.of();

    @Override
    public JobResult start(String unit) {
        refuse();
        starts.incrementAndGet();
        JobResult result = job.join();
        if (skipping) {
            skipping = false;
            state = new UnitState("inactive", "dead", "exec-condition");
            return result;
        }
        if (result == JobResult.DONE && state.active().equals("inactive")) {
            state = new UnitState("active", "running", "success");
        }
        return result;
    }

    @Override
    public UnitState state(String unit) {
        refuse();
        return state;
    }

    @Override
    public Watch watch(String unit, Consumer<UnitState> listener) {
        watched = true;
        watcher.complete(listener);
        return () -> watched = false;
    }

    private void refuse() {
        refusal.ifPresent(words -> {
            throw new SystemdException(words);
        });
    }

    @Override
    public JobResult stop(String unit) {
        throw new UnsupportedOperationException("not asked for by a wake");
    }

    @Override
    public Map<String, Object> properties(String unit, String type) {
        refuse();
        return unit.endsWith(".socket") ? socket : container;
    }

    @Override
    public void reload() {
        throw new UnsupportedOperationException("not asked for by a wake");
    }

    @Override
    public void resetFailed(String unit) {
        throw new UnsupportedOperationException("not asked for by a wake");
    }

    @Override
    public void close() {}
}
