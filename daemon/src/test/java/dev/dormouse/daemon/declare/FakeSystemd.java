package dev.dormouse.daemon.declare;

import dev.dormouse.units.manager.JobResult;
import dev.dormouse.units.manager.SystemdManager;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A systemd that remembers what it was asked, what was started is active. */
final class FakeSystemd implements SystemdManager {
    final List<String> calls = new ArrayList<>();
    final Set<String> active = new HashSet<>();
    /** That every unit was loaded with. */
    List<String> dropIns = List.of();

    JobResult startResult = JobResult.DONE;

    @Override
    public synchronized JobResult start(String unit) {
        calls.add("start " + unit);
        if (startResult == JobResult.DONE) {
            active.add(unit);
        }
        return startResult;
    }

    @Override
    public synchronized JobResult stop(String unit) {
        calls.add("stop " + unit);
        active.remove(unit);
        return JobResult.DONE;
    }

    @Override
    public synchronized UnitState state(String unit) {
        return new UnitState(active.contains(unit) ? "active" : "inactive", "", "");
    }

    @Override
    public synchronized void reload() {
        calls.add("reload");
    }

    @Override
    public synchronized void resetFailed(String unit) {
        calls.add("reset-failed " + unit);
    }

    @Override
    public synchronized void enable(List<String> units) {
        calls.add("enable " + String.join(" ", units));
    }

    @Override
    public synchronized void disable(List<String> units) {
        calls.add("disable " + String.join(" ", units));
    }

    @Override
    public Map<String, Object> properties(String unit, String type) {
        return Map.of("DropInPaths", dropIns, "FragmentPath", "/usr/lib/systemd/system/unit");
    }

    @Override
    public Watch watch(String unit, Consumer<UnitState> listener) {
        throw new UnsupportedOperationException("not asked for by a declaration");
    }

    @Override
    public void close() {}
}
