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

    /** The call at which this process is killed, as it is in {@link #calls}; empty for none. */
    String killedAt = "";

    private void call(String call) {
        if (call.equals(killedAt)) {
            throw new Killed();
        }
        calls.add(call);
    }

    /** Nothing that was to follow is done: nobody catches it. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    @Override
    public synchronized JobResult start(String unit) {
        call("start " + unit);
        if (startResult == JobResult.DONE) {
            active.add(unit);
        }
        return startResult;
    }

    @Override
    public synchronized JobResult stop(String unit) {
        call("stop " + unit);
        active.remove(unit);
        return JobResult.DONE;
    }

    @Override
    public synchronized UnitState state(String unit) {
        return new UnitState(active.contains(unit) ? "active" : "inactive", "", "");
    }

    @Override
    public synchronized void reload() {
        call("reload");
    }

    @Override
    public synchronized void resetFailed(String unit) {
        call("reset-failed " + unit);
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
