package dev.dormouse.daemon.process;

import dev.dormouse.daemon.error.EngineException;
import java.nio.charset.StandardCharsets;

/**
 * How a program ended.
 *
 * @param exit 0 to 255; 128 + n after signal n
 * @param output its standard output
 * @param error its standard error, the last 64 KiB of it
 */
@SuppressWarnings("ArrayRecordComponent") // moved on, never compared
public record Result(Program program, int exit, byte[] output, String error) {
    /** Standard output as UTF-8. */
    public String text() {
        return new String(output, StandardCharsets.UTF_8);
    }

    /** What it said last on standard error, or how it ended where it said nothing. */
    public String reason() {
        String line = lastLine(error);
        return line.isEmpty() ? "exit code " + exit : line;
    }

    /** The error for a caller that cannot go on: names the program, its arguments, exit code and last words. */
    public EngineException.Failed failure() {
        String line = lastLine(error);
        return new EngineException.Failed(
                program.described() + " exited " + exit + (line.isEmpty() ? "" : ": " + line));
    }

    static String lastLine(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .reduce((_, last) -> last)
                .orElse("");
    }
}
