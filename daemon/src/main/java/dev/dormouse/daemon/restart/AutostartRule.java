package dev.dormouse.daemon.restart;

import dev.dormouse.daemon.container.ContainerState;
import dev.dormouse.daemon.container.RestartPolicy;
import dev.dormouse.daemon.lifecycle.RestoredContainers.RestartFacts;

/**
 * Whether a container is started when the engine comes up. At boot dockerd's rule for its own start (moby, restartmanager), except that
 * {@code on-failure} honours a stop by hand (moby #35166). Later in the same boot the engine comes and goes unnoticed: only a container
 * is started then that should be running by all that is known, and is not.
 */
final class AutostartRule {
    private AutostartRule() {}

    /** @param newBoot no engine of this boot has started containers yet */
    static boolean starts(RestartFacts container, boolean newBoot) {
        if (!container.startedBefore()
                || container.state() instanceof ContainerState.Running
                || container.state() instanceof ContainerState.Restarting) {
            return false;
        }
        RestartPolicy.Kind kind =
                container.record().hostConfig().restartPolicy().kind();
        return switch (kind) {
            case NO -> false;
            case ALWAYS -> newBoot || !container.stoppedByHand();
            case UNLESS_STOPPED -> !container.stoppedByHand();
            case ON_FAILURE -> !container.stoppedByHand() && newBoot && failed(container);
        };
    }

    private static boolean failed(RestartFacts container) {
        return container.interrupted()
                || (container.state() instanceof ContainerState.Exited exited && exited.exitCode() != 0);
    }
}
