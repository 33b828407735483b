package dev.dormouse.daemon.network;

import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The kernel's IPv4 routes from {@code /proc/net/route}. */
record KernelRoutes(Path table) implements HostRoutes {
    private static final int DESTINATION = 1;
    private static final int MASK = 7;
    private static final int FIELDS = 8;

    KernelRoutes() {
        this(Path.of("/proc/net/route"));
    }

    @Override
    public Set<Subnet> destinations() {
        List<String> lines;
        try {
            lines = Files.readAllLines(table);
        } catch (IOException e) {
            throw new EngineException.Failed(
                    "cannot read this host's routes from " + table + ": " + e.getMessage() + "; is /proc mounted?", e);
        }
        return lines.stream()
                .skip(1)
                .map(line -> line.trim().split("\\s+"))
                .filter(fields -> fields.length >= FIELDS)
                .map(fields -> new Subnet(number(fields[DESTINATION]), Long.bitCount(number(fields[MASK]))))
                .filter(subnet -> subnet.prefixLength() > 0)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The table holds addresses as hexadecimal numbers in the machine's byte order; every machine this runs on is little-endian. */
    private static long number(String hex) {
        return Integer.toUnsignedLong(Integer.reverseBytes(Integer.parseUnsignedInt(hex, 16)));
    }
}
