package dev.dormouse.waitport;

import java.nio.file.Path;
import java.time.Duration;

/** Ready when a connect to a unix stream socket succeeds; the connection is closed at once. Safe for several threads. */
public final class UnixProbe implements Probe {
    private final UnixEndpoint endpoint;

    /**
     * A probe of a socket in the file system, which need not exist yet.
     *
     * @throws IllegalArgumentException if the path is empty or longer than the 107 bytes that unix(7) allows
     */
    public UnixProbe(Path path) {
        this.endpoint = new UnixEndpoint(path);
    }

    @Override
    public ProbeResult attempt(Duration timeout) throws InterruptedException {
        return TcpProbe.connect(endpoint, timeout);
    }

    @Override
    public String toString() {
        return endpoint.path().toString();
    }
}
