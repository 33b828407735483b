package dev.dormouse.daemon.exec;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.ExecConfig;
import dev.dormouse.daemon.container.TerminalSize;
import java.util.Optional;

/**
 * Runs more processes in containers that run. Thread-safe; throws {@link dev.dormouse.daemon.error.EngineException} only.
 */
public interface ExecRuntime {
    /**
     * Says whether the user of an exec is known in its container.
     *
     * @throws dev.dormouse.daemon.error.EngineException.InvalidParameter if not
     */
    void requireUser(ContainerRecord container, ExecConfig exec);

    /** Whether a user has paused it; one that the activator has frozen is not paused: it thaws as somebody comes. */
    boolean isPaused(ContainerRecord container);

    /**
     * Starts a process; it runs when this returns. While it does, its container neither freezes nor sleeps. Blocks; must not be
     * interrupted.
     *
     * @param id of the exec, 64 hexadecimal digits
     */
    ExecStart start(ContainerRecord container, String id, ExecConfig exec, Optional<TerminalSize> size);
}
