package dev.dormouse.daemon.health;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.process.Program;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks systemd. By its command, once in a container's bad day, rather than over a bus connection that would cost the prober a third of its
 * memory all the time; and a restart is one job of systemd's, which nothing of ours can leave half done.
 */
final class SystemctlRecovery implements Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(SystemctlRecovery.class);

    @Override
    public void begin(UnhealthyAction action, String unitName, String id) {
        String verb = switch (action) {
            case NOTHING -> "";
            case RESTART -> "restart";
            case STOP -> "stop";
        };
        if (verb.isEmpty()) {
            return;
        }
        String unit = "dormouse-container@" + unitName + ".service";
        LOG.warn("container {} is unhealthy: asking systemd to {} it ({})", unitName, verb, UnhealthyAction.LABEL);
        try {
            Program.of("systemctl", "--no-block", verb, unit).runOrThrow();
        } catch (EngineException e) {
            LOG.error("container {} stays unhealthy: cannot {} {}: {}", unitName, verb, unit, e.getMessage());
        }
    }
}
