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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A small file of {@code NAME=NUMBER} lines, as the scripts write them. */
record Assignments(Map<String, Long> values) {
    private static final Logger LOG = LoggerFactory.getLogger(Assignments.class);
    /** Whatever fits into 63 bits, near enough. */
    private static final Pattern LINE = Pattern.compile("[A-Z]+=[0-9]{1,18}|[A-Z]+=[1-8][0-9]{18}");

    private static final long NANOSECONDS = 1_000_000_000L;

    /**
     * What a file says that has all of these names; absent if it is not there, not written to its end yet, or damaged: then nobody knows
     * what it said, and one container's file must not keep the engine from the others.
     */
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
                LOG.warn("{} is damaged and is not used: it has a line that is no NAME=NUMBER: {}", file, line);
                return Optional.empty();
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
