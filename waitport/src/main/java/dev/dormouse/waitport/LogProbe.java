package dev.dormouse.waitport;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Ready once a line that a container wrote matches a regular expression. Reads the log that conmon writes (its form {@code k8s-file}); each
 * attempt goes on where the one before left off, and once ready it stays so. One thread at a time may use it.
 *
 * <p>The expression is looked for anywhere in a line, as grep does. Of a line longer than 16384 characters only these count, and a line that
 * the expression needs more than 100 ms for counts as one that does not match; the detail then says so. A log that was cut short or replaced
 * is read from its beginning.
 */
public final class LogProbe implements Probe {
    private final Path file;
    private final LogTail tail;
    private final LineMatch match;
    private boolean ready;

    private LogProbe(Path file, LogTail tail, Pattern expression) {
        this.file = file;
        this.tail = tail;
        this.match = new LineMatch(expression);
    }

    /** Looks at all that is in the log, and at what will be; it need not exist yet. */
    public static LogProbe fromBeginning(Path file, Pattern expression) {
        return new LogProbe(file, LogTail.fromBeginning(file), expression);
    }

    /**
     * Looks at what is in the log from a place on, and at what will be; it need not exist yet.
     *
     * @param offset in bytes, where a line begins
     */
    public static LogProbe from(Path file, long offset, Pattern expression) {
        return new LogProbe(file, LogTail.from(file, offset), expression);
    }

    /** Looks only at what is written from now on. */
    public static LogProbe fromNow(Path file, Pattern expression) {
        return new LogProbe(file, LogTail.fromNow(file), expression);
    }

    @Override
    public ProbeResult attempt(Duration timeout) throws InterruptedException {
        if (ready) {
            return ProbeResult.READY;
        }
        try {
            LogTail.End end = tail.read(match::isIn, Deadline.in(timeout));
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while reading " + file);
            }
            return switch (end) {
                case FOUND -> {
                    ready = true;
                    yield ProbeResult.READY;
                }
                case READ_ALL -> new ProbeResult.NotYet(Cause.NO_MATCH, "no line matches yet" + match.excuse());
                case OUT_OF_TIME ->
                    new ProbeResult.NotYet(Cause.TIMED_OUT, "not all of the log was read in time" + match.excuse());
            };
        } catch (NoSuchFileException _) {
            return new ProbeResult.NotYet(Cause.NO_MATCH, "there is no log yet");
        } catch (AccessDeniedException _) {
            return new ProbeResult.NotYet(Cause.DENIED);
        } catch (IOException e) {
            return new ProbeResult.NotYet(Cause.FAILED, "cannot read the log: " + e.getMessage());
        }
    }

    @Override
    public String toString() {
        return "log " + file;
    }
}
