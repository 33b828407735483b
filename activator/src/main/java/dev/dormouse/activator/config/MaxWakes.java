package dev.dormouse.activator.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * How many containers may be woken at a time: the number in {@code /etc/dormouse/max-wakes}, else four for each processor that is online.
 * A file, and not an option, because container-prepare reads it too.
 */
public final class MaxWakes {
    private static final int A_PROCESSOR = 4;
    private static final int MOST = 10_000;

    private MaxWakes() {}

    /** That of this machine. */
    public static int ofSystem() {
        return read(Path.of("/etc/dormouse/max-wakes"), Path.of("/sys/devices/system/cpu/online"));
    }

    /**
     * Reads it.
     *
     * @param online ranges of processors, as sysfs has them: {@code 0-3,8}
     * @throws ConfigException if the file cannot be read or holds no number from 1 to 10000
     */
    static int read(Path file, Path online) {
        try {
            String text = Files.readString(file).strip();
            int most = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
            if (most < 1 || most > MOST) {
                throw new ConfigException(file + ": must hold one whole number from 1 to " + MOST);
            }
            return most;
        } catch (NoSuchFileException _) {
            return A_PROCESSOR * processors(online);
        } catch (IOException e) {
            throw new ConfigException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static int processors(Path online) {
        int processors = 0;
        try {
            for (String range : Files.readString(online).strip().split(",", -1)) {
                String[] ends = range.split("-", -1);
                processors += Integer.parseInt(ends[ends.length - 1]) - Integer.parseInt(ends[0]) + 1;
            }
            return processors;
        } catch (IOException | NumberFormatException e) {
            throw new ConfigException("cannot tell the number of processors from " + online + ": " + e.getMessage(), e);
        }
    }
}
