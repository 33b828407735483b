package dev.dormouse.daemon.runtime;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.reconcile.Observed;
import dev.dormouse.daemon.spec.ContainerId;
import dev.dormouse.units.manager.DropInReload;
import dev.dormouse.units.manager.JobResult;
import dev.dormouse.units.manager.SystemdException;
import dev.dormouse.units.manager.SystemdManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** systemd runs the plan: {@code dormouse-container@NAME.service}. */
final class SystemdSupervisor implements Supervisor {
    /** The slice of a template's instances, systemd.slice(5): system-TEMPLATE.slice with the template's dash escaped. */
    private static final String SLICE = "/system.slice/system-dormouse\\x2dcontainer.slice/";

    private static final Path UNITS = Path.of("/etc/systemd/system");

    private final UnitPlan plan;
    private final SystemdManager systemd;
    private final DropInReload reload;
    private final RestartUnits restarts;

    SystemdSupervisor(RuntimePaths paths, SystemdManager systemd) {
        this.plan = new UnitPlan(paths, false);
        this.systemd = systemd;
        this.reload = new DropInReload(systemd);
        this.restarts = new RestartUnits(paths, UNITS, this::know);
    }

    @Override
    public Outcome start(ContainerRecord container) {
        try {
            JobResult result = systemd.start(container.unit());
            String words = "systemd could not start " + container.unit() + " ("
                    + result.name().toLowerCase(Locale.ROOT) + "); journalctl -u " + container.unit() + " shows more";
            return new Outcome(result == JobResult.DONE, words);
        } catch (SystemdException e) {
            throw new EngineException.Failed("cannot start container " + container.name() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void stop(ContainerRecord container) {
        try {
            JobResult result = systemd.stop(container.unit());
            if (result != JobResult.DONE) {
                throw new EngineException.Failed("systemd could not stop " + container.unit() + " ("
                        + result.name().toLowerCase(Locale.ROOT) + "); journalctl -u " + container.unit()
                        + " shows more");
            }
        } catch (SystemdException e) {
            throw new EngineException.Failed("cannot stop container " + container.name() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void forget(ContainerRecord container) {
        stop(container);
        if (Files.exists(plan.paths().claim(container.id()))) {
            // Its own clean-up could not finish.
            plan.program(UnitPlan.Step.CLEAN, container.unitName()).runOrThrow();
        }
        resetFailed(container);
    }

    @Override
    public void configure(ContainerRecord container) {
        restarts.configure(container);
    }

    @Override
    public void unconfigure(ContainerRecord container) {
        restarts.remove(container.id());
    }

    @Override
    public void cancelRestart(ContainerRecord container) {
        stop(container);
        resetFailed(
                container); // container-may-start was killed while it waited, which is no failure of the container's
    }

    @Override
    public boolean restartsByItself() {
        return true;
    }

    private void resetFailed(ContainerRecord container) {
        try {
            systemd.resetFailed(container.unit());
        } catch (SystemdException e) {
            throw new EngineException.Failed("cannot reset " + container.unit() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Observed.Unit state(String unit, ContainerId container) {
        try {
            return switch (systemd.state(unit).active()) {
                case "active", "reloading", "refreshing" -> Observed.Unit.ACTIVE;
                case "activating", "deactivating", "maintenance" -> Observed.Unit.CHANGING;
                default -> Observed.Unit.GONE;
            };
        } catch (SystemdException e) {
            throw new EngineException.Failed("cannot tell the state of " + unit + ": " + e.getMessage(), e);
        }
    }

    @Override
    public boolean leavesUnitsToSystemd() {
        return true;
    }

    @Override
    public String cgroup(ContainerRecord container) {
        return SLICE + container.unit() + "/freezer/container";
    }

    @Override
    public boolean leavesDevicesToRuntime() {
        return false; // DevicePolicy= and DeviceAllow= of the unit
    }

    private void know(Path dropIn) {
        try {
            reload.changed(dropIn);
        } catch (SystemdException e) {
            throw new EngineException.Failed(
                    "systemd does not know the restart policy in " + dropIn + ": " + e.getMessage(), e);
        }
    }
}
