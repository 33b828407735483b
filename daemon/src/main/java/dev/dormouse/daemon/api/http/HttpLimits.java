package dev.dormouse.daemon.api.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * What clients may take.
 *
 * @param head how long a request's head may take, from its first byte
 * @param connections how many there may be at once; one more is answered with 503
 */
record HttpLimits(Duration head, int connections) {
    private static final Duration HEAD = Duration.ofSeconds(30);
    /** Each costs some 20 KiB of a heap that has 256 MiB. */
    private static final long MOST_CONNECTIONS = 4096;

    private static final long LEAST_CONNECTIONS = 16;

    /** By this process's open-file limit (LimitNOFILE=): half of it stays for the engine's own work. */
    static HttpLimits ofProcess() {
        return new HttpLimits(HEAD, connections(openFiles()));
    }

    static int connections(OptionalLong openFiles) {
        return (int) Math.clamp(openFiles.orElse(Long.MAX_VALUE) / 2, LEAST_CONNECTIONS, MOST_CONNECTIONS);
    }

    /** The soft limit; empty if there is none, or none that can be read: then the bound above holds. */
    private static OptionalLong openFiles() {
        try {
            return Files.readString(Path.of("/proc/self/limits"))
                    .lines()
                    .filter(line -> line.startsWith("Max open files"))
                    .map(line ->
                            line.substring("Max open files".length()).strip().split("\\s+", 2)[0])
                    .filter(limit -> limit.matches("\\d{1,18}"))
                    .mapToLong(Long::parseLong)
                    .findFirst();
        } catch (IOException _) {
            return OptionalLong.empty();
        }
    }
}
