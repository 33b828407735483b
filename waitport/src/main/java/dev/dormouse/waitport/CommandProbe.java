package dev.dormouse.waitport;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Ready when a command ends with status 0. Its output is kept to a bound, for the detail; when the time is over, it and
 * all its children are killed. Safe for use by several threads.
 */
public final class CommandProbe implements Probe {
    private final List<String> command;

    /**
     * A probe by a command that is run without a shell, with this process's environment less what systemd meant for this
     * process alone.
     *
     * @param command program and arguments, at least the program
     */
    public CommandProbe(List<String> command) {
        this.command = List.copyOf(command);
        if (this.command.isEmpty() || this.command.getFirst().isEmpty()) {
            throw new IllegalArgumentException("the command to run must not be empty");
        }
    }

    @Override
    public ProbeResult attempt(Duration timeout) throws InterruptedException {
        try (ChildCommand child = ChildCommand.start(command)) {
            Optional<Integer> status = child.await(Deadline.in(timeout));
            if (status.isEmpty()) {
                return new ProbeResult.NotYet(
                        Cause.TIMED_OUT, "the command has not ended after " + DurationText.words(timeout));
            }
            return status.get() == 0
                    ? ProbeResult.READY
                    : new ProbeResult.NotYet(Cause.EXIT, "exit status " + status.get() + child.lastLine());
        } catch (IOException e) {
            return new ProbeResult.Broken("cannot run " + command.getFirst() + ": " + e.getMessage());
        }
    }

    /** The program's name; arguments may hold what is not for a log. */
    @Override
    public String toString() {
        return "command " + command.getFirst();
    }
}
