package dev.dormouse.waitport;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Ready when a GET answers with a wanted status. Speaks just enough HTTP/1.1 (RFC 9112) on a socket of its own: reads
 * the status line, follows no redirect, reads no body. Safe for use by several threads.
 */
public final class HttpProbe implements Probe {
    private final Endpoint endpoint;
    private final String path;
    private final StatusRanges wanted;

    private HttpProbe(Endpoint endpoint, String path, StatusRanges wanted) {
        this.endpoint = endpoint;
        this.path = checked(path);
        this.wanted = wanted;
    }

    /**
     * A probe over TCP.
     *
     * @param host as for {@link TcpProbe#TcpProbe}
     * @param path path and query, from its first slash on, percent-encoded
     * @throws IllegalArgumentException if an argument is not so
     */
    public HttpProbe(String host, int port, String path, StatusRanges wanted) {
        this(new TcpEndpoint(host, port), path, wanted);
    }

    /**
     * A probe over a unix stream socket.
     *
     * @throws IllegalArgumentException as the other constructor and {@link UnixProbe#UnixProbe}
     */
    public HttpProbe(Path socket, String path, StatusRanges wanted) {
        this(new UnixEndpoint(socket), path, wanted);
    }

    @Override
    public ProbeResult attempt(Duration timeout) throws InterruptedException {
        Deadline deadline = Deadline.in(timeout);
        try (SocketChannel channel = endpoint.connect(deadline)) {
            return new StatusExchange(channel, deadline).get(endpoint.authority(), path, wanted);
        } catch (NotConnected e) {
            return e.result();
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while waiting for " + this);
            }
            // The connection stood: what ends it now is the peer (ECONNRESET, EPIPE).
            return new ProbeResult.NotYet(Cause.RESET);
        }
    }

    private static String checked(String path) {
        if (!path.startsWith("/") || !path.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '#')) {
            throw new IllegalArgumentException("HTTP path must begin with / and hold no blank, '#' or non-ASCII"
                    + " character (percent-encode them): '" + path + "'");
        }
        return path;
    }

    @Override
    public String toString() {
        return endpoint instanceof UnixEndpoint(Path socket)
                ? socket + " (HTTP " + path + ")"
                : "http://" + endpoint.authority() + path;
    }
}
