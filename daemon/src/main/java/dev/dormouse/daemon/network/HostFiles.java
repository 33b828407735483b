package dev.dormouse.daemon.network;

import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Texts of a container's {@code /etc/hosts}, {@code /etc/hostname} and {@code /etc/resolv.conf}, made as dockerd makes them. A container
 * on the host's network has the host's own files instead, plus what it asked for.
 *
 * @param etc the host's {@code /etc}
 */
public record HostFiles(Path etc) {
    private static final String HOST_GATEWAY = "host-gateway";
    private static final List<String> FALLBACK_RESOLVERS = List.of("8.8.8.8", "8.8.4.4");

    /** Of this host. */
    public static HostFiles ofThisHost() {
        return new HostFiles(Path.of("/etc"));
    }

    /**
     * {@code /etc/hosts}.
     *
     * @param attachments none on the host's network and on none
     * @param extraHosts {@code name:address} each; the address may be {@code host-gateway}
     */
    public String hosts(String hostname, List<Attachment> attachments, List<String> extraHosts, boolean hostNetwork) {
        StringBuilder text = new StringBuilder();
        if (hostNetwork) {
            text.append(read("hosts"));
            if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
                text.append('\n');
            }
        } else {
            text.append("""
                    127.0.0.1\tlocalhost
                    ::1\tlocalhost ip6-localhost ip6-loopback
                    """);
            attachments.stream()
                    .flatMap(on -> Stream.concat(Stream.of(on.address()), on.address6().stream()))
                    .forEach(address ->
                            text.append(address).append('\t').append(hostname).append('\n'));
        }
        for (String extra : extraHosts) {
            text.append(line(extra, attachments)).append('\n');
        }
        return text.toString();
    }

    /** {@code /etc/hostname}. */
    public String hostname(String hostname) {
        return hostname + "\n";
    }

    /**
     * {@code /etc/resolv.conf}.
     *
     * @param dns resolvers that the container asked for; empty: the host's, less those on the host's loopback, which a container on
     *     the bridge cannot reach; where none is left, Docker's public fallback
     * @param attachments on a network that resolves names its gateway does that, and asks those for other names
     */
    public String resolvers(List<String> dns, List<Attachment> attachments, boolean hostNetwork) {
        if (dns.isEmpty() && hostNetwork) {
            return read("resolv.conf");
        }
        List<String> lines = new ArrayList<>();
        List<String> resolvers = attachments.stream()
                .filter(place -> place.network().resolvesNames())
                .map(Attachment::gateway)
                .toList();
        if (resolvers.isEmpty()) {
            resolvers = dns.isEmpty() ? reachableResolvers() : dns;
        }
        read("resolv.conf")
                .lines()
                .filter(line -> line.startsWith("search ") || line.startsWith("options "))
                .forEach(lines::add);
        resolvers.forEach(resolver -> lines.add("nameserver " + resolver));
        return String.join("\n", lines) + "\n";
    }

    private List<String> reachableResolvers() {
        List<String> reachable = nameservers(read("resolv.conf"))
                .filter(address -> !address.startsWith("127.") && !address.equals("::1"))
                .toList();
        return reachable.isEmpty() ? FALLBACK_RESOLVERS : reachable;
    }

    private static Stream<String> nameservers(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("nameserver"))
                .map(line -> line.substring("nameserver".length()).strip())
                .filter(address -> !address.isEmpty());
    }

    private static String line(String extra, List<Attachment> attachments) {
        int colon = extra.indexOf(':');
        if (colon < 1) {
            throw new EngineException.InvalidParameter(
                    "extra host must be name:address, not '" + extra + "' (--add-host)");
        }
        String name = extra.substring(0, colon);
        String address = extra.substring(colon + 1);
        if (address.equals(HOST_GATEWAY)) {
            address = attachments.stream().findFirst().map(Attachment::gateway).orElse("127.0.0.1");
        }
        return address + "\t" + name;
    }

    private String read(String name) {
        Path file = etc.resolve(name);
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new EngineException.Failed("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
