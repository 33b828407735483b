package dev.dormouse.daemon.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A small file of {@code NAME=NUMBER} lines, as the scripts write them. */
record Assignments(Map<String, Long> values) {
    private static final Pattern LINE = Pattern.compile("[A-Z]+=[0-9]{1,18}[0-9]?");
    private static final long NANOSECONDS = 1_000_000_000L;

    /** What a file says that has all of these names; absent if it is not there, or not written to its end yet. */
    static Optional<Assignments> read(Path file, String... names) throws IOException {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException | NotDirectoryException _) {
            return Optional.empty();
        }
        if (!text.endsWith("\n")) {
            return Optional.empty();
        }
        Map<String, Long> values = new HashMap<>();
        for (String line : text.lines().toList()) {
            if (!LINE.matcher(line).matches()) {
                throw new IOException(file + " has a line that is no NAME=NUMBER: " + line);
            }
            int equals = line.indexOf('=');
            values.put(line.substring(0, equals), Long.parseLong(line.substring(equals + 1)));
        }
        for (String name : names) {
            if (!values.containsKey(name)) {
                return Optional.empty();
            }
        }
        return Optional.of(new Assignments(values));
    }

    long number(String name) {
        Long value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " was not asked for");
        }
        return value;
    }

    /** Nanoseconds since 1970. */
    Instant instant(String name) {
        long nanoseconds = number(name);
        return Instant.ofEpochSecond(nanoseconds / NANOSECONDS, nanoseconds % NANOSECONDS);
    }
}
