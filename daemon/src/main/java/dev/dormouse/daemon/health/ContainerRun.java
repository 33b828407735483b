package dev.dormouse.daemon.health;

import dev.dormouse.daemon.process.ControlGroup;
import dev.dormouse.daemon.process.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A run of a container, as {@code container-start} wrote it down.
 *
 * @param startTicks when its init began, in clock ticks since boot: with the PID it names a process for good
 * @param startedNanos since 1970
 */
record ContainerRun(long pid, long startTicks, long startedNanos) implements Vitals {
    private static final Pattern FORM =
            Pattern.compile("PID=([0-9]{1,10})\nSTARTED=([0-9]{1,19})\nSTARTTIME=([0-9]{1,19})\n");
    private static final long NANOSECONDS = 1_000_000_000L;

    /** The run that a {@code started} file tells of; absent if it is not there or not whole yet. */
    static Optional<ContainerRun> read(Path started) {
        try {
            Matcher form = FORM.matcher(Files.readString(started));
            return form.matches()
                    ? Optional.of(new ContainerRun(
                            Long.parseLong(form.group(1)),
                            Long.parseLong(form.group(3)),
                            Long.parseLong(form.group(2))))
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    Instant startedAt() {
        return Instant.ofEpochSecond(startedNanos / NANOSECONDS, startedNanos % NANOSECONDS);
    }

    /** Whether its init is there. */
    @Override
    public boolean isAlive() {
        return new ProcessIdentity(pid, startTicks).isAlive();
    }

    @Override
    public boolean isFrozen() {
        return ControlGroup.of(pid).map(ControlGroup::isFrozen).orElse(false);
    }
}
