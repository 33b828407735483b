package dev.dormouse.daemon.network.firewall;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.spec.Port;
import dev.dormouse.daemon.spec.PublishedPort;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Sockets of the host that wait for clients. Read from the kernel's tables, not tried by binding: a trial would take the port from whoever
 * wants it at that moment.
 */
record HostListeners(List<Listener> listeners) {
    private static final int LOCAL = 1;
    private static final int STATE = 3;
    /** include/net/tcp_states.h; an unconnected UDP socket is in TCP_CLOSE. */
    private static final String TCP_LISTEN = "0A";

    private static final String UDP_OPEN = "07";

    private record Listener(Port.Protocol protocol, String address, int port) {
        private boolean everywhere() {
            return address.chars().allMatch(digit -> digit == '0');
        }
    }

    /** @param net {@code /proc/net} of the host's namespace */
    static HostListeners read(Path net) {
        List<Listener> found = new ArrayList<>();
        for (String suffix : List.of("", "6")) {
            read(net.resolve("tcp" + suffix), Port.Protocol.TCP, TCP_LISTEN, found);
            read(net.resolve("udp" + suffix), Port.Protocol.UDP, UDP_OPEN, found);
        }
        return new HostListeners(List.copyOf(found));
    }

    /** Whether a process of the host has the port. */
    boolean has(PublishedPort port) {
        String address = hexadecimal(port.hostAddress());
        boolean everywhere = port.hostAddress().isEmpty() || address.chars().allMatch(digit -> digit == '0');
        return listeners.stream()
                .filter(listener -> listener.port() == port.hostPort()
                        && listener.protocol() == port.container().protocol())
                .anyMatch(listener -> everywhere
                        || listener.everywhere()
                        || listener.address().equals(address));
    }

    private static void read(Path table, Port.Protocol protocol, String state, List<Listener> found) {
        try {
            for (String line : Files.readAllLines(table)) {
                String[] fields = line.strip().split("\\s+", -1);
                if (fields.length > STATE && fields[STATE].equals(state)) {
                    int colon = fields[LOCAL].indexOf(':');
                    found.add(new Listener(
                            protocol,
                            fields[LOCAL].substring(0, colon),
                            Integer.parseInt(fields[LOCAL].substring(colon + 1), 16)));
                }
            }
        } catch (NoSuchFileException _) {
            return; // a kernel without IPv6
        } catch (IOException e) {
            throw new EngineException.Failed("cannot read " + table + ": " + e.getMessage(), e);
        }
    }

    /** As the tables have it: words of 32 bits in the machine's order, which is little-endian on all that this runs on. */
    private static String hexadecimal(String literal) {
        if (literal.isEmpty()) {
            return "";
        }
        byte[] bytes = InetAddress.ofLiteral(literal).getAddress();
        byte[] words = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            words[i] = bytes[i / 4 * 4 + 3 - i % 4];
        }
        return HexFormat.of().withUpperCase().formatHex(words);
    }
}
