package dev.dormouse.waitport;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Ready when a TCP socket listens on the port in the network namespace of a process, or a UDP socket is bound to it. Reads the kernel's tables and makes
 * no connection, so the service never notices. One thread at a time may use it.
 *
 * <p>The tables do not show IPV6_V6ONLY: a listener on {@code ::} counts for an IPv4 address too.
 */
public final class ListeningProbe implements Probe {
    private final long pid;
    private final Path tables;
    private final ListeningTable wanted;
    private final String protocol;
    private final String port;

    private ListeningProbe(long pid, int port, Optional<InetAddress> address, boolean udp) {
        if (pid < 1) {
            throw new IllegalArgumentException("process id must be above zero: " + pid);
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port must be 1 to 65535: " + port);
        }
        this.pid = pid;
        // proc_pid_net(5): those of the network namespace that the process is in
        this.tables = Path.of("/proc", Long.toString(pid), "net");
        this.wanted = new ListeningTable(port, address, udp);
        this.protocol = udp ? "udp" : "tcp";
        this.port = (udp ? "UDP port " : "port ") + port;
    }

    /**
     * In the network namespace of a running process; a process that has ended is {@link ProbeResult.Broken}.
     *
     * @param address count only listeners that take connections to it: bound to it or to the wildcard; empty counts all
     */
    public static ListeningProbe ofProcess(long pid, int port, Optional<InetAddress> address) {
        return new ListeningProbe(pid, port, address, false);
    }

    /** The same for a UDP socket that is bound and takes datagrams of anybody. */
    public static ListeningProbe ofUdp(long pid, int port, Optional<InetAddress> address) {
        return new ListeningProbe(pid, port, address, true);
    }

    @Override
    public ProbeResult attempt(Duration timeout) {
        try {
            if (wanted.isIn(tables.resolve(protocol)) || has6(tables.resolve(protocol + "6"))) {
                return ProbeResult.READY;
            }
            return new ProbeResult.NotYet(Cause.NOT_LISTENING, "nothing listens on " + port);
        } catch (IOException e) {
            return new ProbeResult.Broken(
                    Files.exists(tables.resolveSibling("cmdline"))
                            ? "cannot read the listening table of process " + pid + ": " + e.getMessage()
                            : "process " + pid + " has ended");
        }
    }

    /** A kernel without IPv6 has no such table. */
    private boolean has6(Path table) throws IOException {
        return Files.exists(table) && wanted.isIn(table);
    }

    @Override
    public String toString() {
        return port + " in the network namespace of process " + pid;
    }
}
