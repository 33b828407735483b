package dev.dormouse.activator.rehearsal;

import dev.dormouse.units.manager.JobResult;
import dev.dormouse.units.manager.SystemdException;
import dev.dormouse.units.manager.SystemdManager;
import java.util.Map;
import java.util.function.Consumer;

/** Refuses everything: a rehearsal starts no unit. */
final class NoSystemd implements SystemdManager {
    private static SystemdException refusal() {
        return new SystemdException("this is a rehearsal");
    }

    @Override
    public JobResult start(String unit) {
        throw refusal();
    }

    @Override
    public JobResult stop(String unit) {
        throw refusal();
    }

    @Override
    public UnitState state(String unit) {
        throw refusal();
    }

    @Override
    public Map<String, Object> properties(String unit, String type) {
        throw refusal();
    }

    @Override
    public void reload() {
        throw refusal();
    }

    @Override
    public void resetFailed(String unit) {
        throw refusal();
    }

    @Override
    public Watch watch(String unit, Consumer<UnitState> listener) {
        throw refusal();
    }

    @Override
    public void close() {}
}
