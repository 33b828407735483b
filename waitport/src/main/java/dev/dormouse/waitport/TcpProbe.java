package dev.dormouse.waitport;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** Ready when a TCP connect succeeds; the connection is closed at once. Safe for use by several threads. */
public final class TcpProbe implements Probe {
    private final Endpoint endpoint;

    /**
     * A probe of a TCP port.
     *
     * @param host a name or an address, IPv6 with or without brackets; a name that has several addresses is ready when
     *     one of them accepts, one that cannot be resolved is {@link ProbeResult.Broken}
     * @param port 1 to 65535
     * @throws IllegalArgumentException if either is not so
     */
    public TcpProbe(String host, int port) {
        this.endpoint = new TcpEndpoint(host, port);
    }

    @Override
    public ProbeResult attempt(Duration timeout) throws InterruptedException {
        return connect(endpoint, timeout);
    }

    static ProbeResult connect(Endpoint endpoint, Duration timeout) throws InterruptedException {
        try (SocketChannel _ = endpoint.connect(Deadline.in(timeout))) {
            return ProbeResult.READY;
        } catch (NotConnected e) {
            return e.result();
        } catch (IOException e) {
            return new ProbeResult.NotYet(Cause.FAILED, "closing the connection failed: " + e.getMessage());
        }
    }

    @Override
    public String toString() {
        return endpoint.authority();
    }
}
