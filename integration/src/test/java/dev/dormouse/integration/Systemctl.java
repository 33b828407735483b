package dev.dormouse.integration;

import dev.dormouse.units.manager.JobResult;
import dev.dormouse.units.manager.SystemdManager;
import java.util.Map;
import java.util.function.Consumer;

/** systemd as an administrator has it: what {@code systemctl} does to a container, the engine does. */
final class Systemctl implements SystemdManager {
    @Override
    public JobResult start(String unit) {
        return Shell.attempt("systemctl", "start", unit).exit() == 0 ? JobResult.DONE : JobResult.FAILED;
    }

    @Override
    public JobResult stop(String unit) {
        return Shell.attempt("systemctl", "stop", unit).exit() == 0 ? JobResult.DONE : JobResult.FAILED;
    }

    @Override
    public UnitState state(String unit) {
        SystemUnit asked = new SystemUnit(unit);
        return new UnitState(asked.state(), asked.property("SubState"), asked.property("Result"));
    }

    @Override
    public void resetFailed(String unit) {
        // Fails for a unit that is not loaded, which is as good.
        Shell.attempt("systemctl", "reset-failed", unit);
    }

    @Override
    public Map<String, Object> properties(String unit, String type) {
        throw new UnsupportedOperationException("systemctl gives properties as text");
    }

    @Override
    public void reload() {
        Shell.run("systemctl", "daemon-reload");
    }

    @Override
    public Watch watch(String unit, Consumer<UnitState> listener) {
        throw new UnsupportedOperationException("systemctl does not watch");
    }

    @Override
    public void close() {}
}
