package dev.dormouse.daemon.shutdown;

import dev.dormouse.units.manager.ManagerView;
import dev.dormouse.units.manager.SystemdException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out why a SIGTERM was sent. systemd sends the same one for a stop, a restart and the machine's shutdown; the job that the unit
 * has meanwhile tells them apart: it stays a restart until the process is gone (job_type_to_string(), unit_stop() of job.c).
 */
public final class WhyStopping {
    private static final Logger LOG = LoggerFactory.getLogger(WhyStopping.class);

    private final Optional<ManagerView> systemd;
    private final Optional<String> unit;

    /**
     * @param systemd absent where systemd does not run the machine
     * @param unit this process's own; absent: it is no service
     */
    public WhyStopping(Optional<ManagerView> systemd, Optional<String> unit) {
        this.systemd = systemd;
        this.unit = unit;
    }

    public StopReason find() {
        try {
            return systemd.map(this::ask).orElse(StopReason.SIGNAL);
        } catch (SystemdException e) {
            LOG.warn("cannot tell why the engine is being stopped, containers are left: {}", e.getMessage());
            return StopReason.UNKNOWN;
        }
    }

    private StopReason ask(ManagerView manager) {
        if (manager.systemState().equals("stopping")) {
            return StopReason.MACHINE;
        }
        return switch (unit.flatMap(manager::jobType).orElse("none")) {
            case "stop" -> StopReason.STOP;
            case "none" -> StopReason.SIGNAL;
            // restart, try-restart, reload-or-start, …: all want it up afterwards.
            default -> StopReason.RESTART;
        };
    }
}
