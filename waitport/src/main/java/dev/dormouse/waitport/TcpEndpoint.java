package dev.dormouse.waitport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;

/**
 * A TCP port of a host. A host with several addresses is connected as soon as one of them accepts.
 *
 * @param host a name or a literal without brackets
 */
record TcpEndpoint(String host, int port) implements Endpoint {
    /**
     * The longest wait for one address. The kernel repeats a lost SYN after 1, 3, 7, 15… s; a new attempt each second
     * finds a service that comes up late much sooner.
     */
    static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);

    TcpEndpoint {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port must be 1 to 65535: " + port);
        }
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
            if (host.indexOf(':') < 0) {
                throw new IllegalArgumentException("only an IPv6 address goes in brackets: [" + host + "]");
            }
        }
        if (host.isEmpty() || host.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
            throw new IllegalArgumentException("host must be a name or an address without blanks: '" + host + "'");
        }
    }

    @Override
    public String authority() {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }

    @Override
    public SocketChannel connect(Deadline deadline) throws NotConnected, InterruptedException {
        List<InetAddress> addresses = Resolver.resolve(host, deadline);
        ConnectFindings findings = new ConnectFindings();
        int untried = addresses.size();
        for (InetAddress address : addresses) {
            long share = Math.min(deadline.nanosLeft() / untried--, CONNECT_LIMIT.toNanos());
            try {
                return connect(new InetSocketAddress(address, port), Deadline.in(Duration.ofNanos(share)));
            } catch (IOException e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("interrupted while connecting to " + authority());
                }
                findings.add(address, ConnectFailure.explain(e));
            }
        }
        throw new NotConnected(findings.summary());
    }

    private static SocketChannel connect(InetSocketAddress address, Deadline deadline) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.socket().connect(address, deadline.millisLeft());
            SelfConnection.refuse(channel);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }
}
