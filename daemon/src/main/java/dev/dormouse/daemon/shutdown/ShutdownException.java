package dev.dormouse.daemon.shutdown;

import java.util.List;

/** Some of the way down failed; the suppressed exceptions say what. */
public final class ShutdownException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ShutdownException(List<String> failed, int phases) {
        super("of " + phases + " phases of the shutdown, " + failed.size() + " failed: " + String.join(", ", failed)
                + "; the others were done");
    }
}
