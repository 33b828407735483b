package dev.dormouse.daemon.config;

import dev.dormouse.waitport.DurationText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** One source's settings of {@link Life}. */
public record LifeSettings(
        Optional<Boolean> liveRestore, Optional<Integer> shutdownTimeout, Optional<Duration> exitIdleTime) {
    /** Nothing set. */
    public static final LifeSettings NONE = new LifeSettings(Optional.empty(), Optional.empty(), Optional.empty());

    private static final Duration LONGEST = Duration.ofDays(365);

    /**
     * Reads an idle time: {@code 0}, {@code 500ms}, {@code 5m}.
     *
     * @param where for the message: the flag or the file's key
     * @throws ConfigException if it is none, or longer than a year
     */
    public static Duration idleTime(String where, String text) {
        try {
            return DurationText.parse(where, text, Duration.ZERO, LONGEST);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
    }

    /**
     * The file's settings and the command line's. Of two idle times the file's counts: the command line's is in the unit, which comes
     * with the package, and the file is the administrator's.
     */
    Life with(Path file, LifeSettings onCommandLine) {
        DaemonConfig.both(
                file, "live-restore", "--live-restore", liveRestore.isPresent(), onCommandLine.liveRestore.isPresent());
        DaemonConfig.both(
                file,
                "shutdown-timeout",
                "--shutdown-timeout",
                shutdownTimeout.isPresent(),
                onCommandLine.shutdownTimeout.isPresent());
        return new Life(
                liveRestore.or(onCommandLine::liveRestore).orElse(Life.DEFAULT.liveRestore()),
                shutdownTimeout.or(onCommandLine::shutdownTimeout).orElse(Life.DEFAULT.shutdownTimeoutSeconds()),
                exitIdleTime.or(onCommandLine::exitIdleTime).orElse(Life.DEFAULT.exitIdleTime()));
    }
}
