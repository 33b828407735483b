package dev.dormouse.daemon.container;

import java.util.List;
import java.util.Optional;

/**
 * One more process in a running container.
 *
 * @param command at least its program
 * @param environment {@code NAME=value} in addition to the container's; a bare NAME takes it away
 * @param user {@code user[:group]}; empty: the container's
 * @param workingDir absolute; empty: the container's
 * @param privileged with all capabilities
 * @param terminal whether it gets a terminal of its own
 * @param detachKeys what a client types to leave it; empty: Docker's
 * @param size of the terminal, unless the start says another
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ExecConfig(
        List<String> command,
        List<String> environment,
        String user,
        String workingDir,
        boolean privileged,
        boolean terminal,
        Attached attached,
        byte[] detachKeys,
        Optional<TerminalSize> size) {
    public ExecConfig {
        command = List.copyOf(command);
        environment = List.copyOf(environment);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("a command needs a program");
        }
    }

    /** Docker's: ctrl-p, ctrl-q. */
    public byte[] keysToDetach() {
        return detachKeys.length == 0 ? new byte[] {0x10, 0x11} : detachKeys.clone();
    }

    /** Which streams its client is given. */
    public record Attached(boolean stdin, boolean stdout, boolean stderr) {
        /** None. */
        public static final Attached NONE = new Attached(false, false, false);
    }

    /** The same with other streams. */
    public ExecConfig with(Attached others) {
        return new ExecConfig(command, environment, user, workingDir, privileged, terminal, others, detachKeys, size);
    }
}
