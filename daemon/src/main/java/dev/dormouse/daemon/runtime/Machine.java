package dev.dormouse.daemon.runtime;

import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is true of the machine that containers run on. */
final class Machine {
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Pattern BOUNDING = Pattern.compile("(?m)^CapBnd:\\s*([0-9a-f]+)$");

    private Machine() {}

    static String hostName() {
        return read(HOST_NAME).strip();
    }

    /** Bit mask of the capabilities that a process here can ever have. */
    static long capabilities() {
        Matcher matcher = BOUNDING.matcher(read(STATUS));
        if (!matcher.find()) {
            throw new EngineException.Failed("there is no CapBnd in " + STATUS);
        }
        return Long.parseUnsignedLong(matcher.group(1), 16);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new EngineException.Failed("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
