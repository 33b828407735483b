package dev.dormouse.daemon.network;

import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The kernel's routes from {@code /proc/net/route} and {@code /proc/net/ipv6_route}. */
record KernelRoutes(Path net) implements HostRoutes {
    private static final int DESTINATION = 1;
    private static final int MASK = 7;
    private static final int FIELDS = 8;

    KernelRoutes() {
        this(Path.of("/proc/net"));
    }

    @Override
    public Set<Subnet> destinations() {
        return Stream.concat(ipv4(), ipv6())
                .filter(subnet -> subnet.prefixLength() > 0)
                .collect(Collectors.toUnmodifiableSet());
    }

    private Stream<Subnet> ipv4() {
        Path table = net.resolve("route");
        try {
            return rows(Files.readAllLines(table).stream().skip(1))
                    .map(fields -> new Subnet(number(fields[DESTINATION]), Long.bitCount(number(fields[MASK]))));
        } catch (IOException e) {
            throw unreadable(table, e);
        }
    }

    /** Each line begins with the destination and the length of its prefix, hexadecimal, in the network's order. */
    private Stream<Subnet> ipv6() {
        Path table = net.resolve("ipv6_route");
        try {
            return rows(Files.readAllLines(table).stream())
                    .map(fields ->
                            new Subnet(new BigInteger(fields[0], 16), Integer.parseInt(fields[1], 16), Subnet.IPV6));
        } catch (NoSuchFileException _) {
            return Stream.empty(); // a kernel without IPv6
        } catch (IOException e) {
            throw unreadable(table, e);
        }
    }

    private static EngineException unreadable(Path table, IOException e) {
        return new EngineException.Failed(
                "cannot read this host's routes from " + table + ": " + e.getMessage() + "; is /proc mounted?", e);
    }

    private static Stream<String[]> rows(Stream<String> lines) {
        List<String[]> rows = lines.map(line -> line.trim().split("\\s+"))
                .filter(fields -> fields.length >= FIELDS)
                .toList();
        return rows.stream();
    }

    /** The table holds addresses as hexadecimal numbers in the machine's byte order; every machine this runs on is little-endian. */
    private static long number(String hex) {
        return Integer.toUnsignedLong(Integer.reverseBytes(Integer.parseUnsignedInt(hex, 16)));
    }
}
