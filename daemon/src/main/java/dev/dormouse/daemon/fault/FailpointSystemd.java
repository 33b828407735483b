package dev.dormouse.daemon.fault;

import dev.dormouse.units.manager.JobResult;
import dev.dormouse.units.manager.SystemdException;
import dev.dormouse.units.manager.SystemdManager;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;

/** systemd, with a step before each order to it, and one after each that takes a while. */
public record FailpointSystemd(SystemdManager systemd) implements SystemdManager {
    @Override
    public JobResult start(String unit) {
        pass("start", unit);
        JobResult result = systemd.start(unit);
        pass("started", unit);
        return result;
    }

    @Override
    public JobResult stop(String unit) {
        pass("stop", unit);
        JobResult result = systemd.stop(unit);
        pass("stopped", unit);
        return result;
    }

    @Override
    public UnitState state(String unit) {
        return systemd.state(unit);
    }

    @Override
    public Map<String, Object> properties(String unit, String type) {
        return systemd.properties(unit, type);
    }

    @Override
    public void reload() {
        pass("reload", "systemd");
        systemd.reload();
    }

    @Override
    public void resetFailed(String unit) {
        pass("reset-failed", unit);
        systemd.resetFailed(unit);
    }

    @Override
    public Watch watch(String unit, Consumer<UnitState> listener) {
        return systemd.watch(unit, listener);
    }

    @Override
    public void close() {
        systemd.close();
    }

    private static void pass(String step, String unit) {
        try {
            Failpoints.pass(step, unit);
        } catch (IOException e) {
            throw new SystemdException("cannot " + step + " " + unit + ": " + e.getMessage(), e);
        }
    }
}
