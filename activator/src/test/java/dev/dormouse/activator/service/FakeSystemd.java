package dev.dormouse.activator.service;

import dev.dormouse.units.manager.JobResult;
import dev.dormouse.units.manager.SystemdException;
import dev.dormouse.units.manager.SystemdManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A systemd that remembers what it was asked, and answers as a test says. */
public class FakeSystemd implements SystemdManager {
    final List<String> stopped = new ArrayList<>();
    final Map<String, String> states = new HashMap<>();
    JobResult stopResult = JobResult.DONE;
    Optional<String> refusal = Optional.empty();
    Runnable onStop = () -> {};

    @Override
    public JobResult start(String unit) {
        throw new UnsupportedOperationException("not asked for by a service");
    }

    @Override
    public JobResult stop(String unit) {
        refusal.ifPresent(words -> {
            throw new SystemdException(words);
        });
        stopped.add(unit);
        onStop.run();
        return stopResult;
    }

    @Override
    public UnitState state(String unit) {
        return new UnitState(states.getOrDefault(unit, "active"), "", "");
    }

    @Override
    public Map<String, Object> properties(String unit, String type) {
        throw new UnsupportedOperationException("not asked for by a service");
    }

    @Override
    public void reload() {
        throw new UnsupportedOperationException("not asked for by a service");
    }

    @Override
    public void resetFailed(String unit) {
        throw new UnsupportedOperationException("not asked for by a service");
    }

    @Override
    public Watch watch(String unit, Consumer<UnitState> listener) {
        throw new UnsupportedOperationException("not asked for by a service");
    }

    @Override
    public void close() {}
}
