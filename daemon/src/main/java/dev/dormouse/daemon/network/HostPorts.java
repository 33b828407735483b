package dev.dormouse.daemon.network;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.spec.Port.Protocol;
import dev.dormouse.daemon.spec.PublishedPort;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The host's side of published ports. Stateless: the kernel and the containers' records are what is true. */
public final class HostPorts {
    private static final int ATTEMPTS = 100;

    private HostPorts() {}

    /**
     * Gives every port whose {@code hostPort} is 0 a free one of the kernel's choice; the others stay.
     *
     * @param held what other containers publish, running or not
     * @throws EngineException.Failed if none is free
     */
    public static List<PublishedPort> choose(List<PublishedPort> requested, List<PublishedPort> held) {
        List<PublishedPort> chosen = new ArrayList<>();
        for (PublishedPort port : requested) {
            chosen.add(port.hostPort() == 0 ? withEphemeral(port, held, chosen) : port);
        }
        return List.copyOf(chosen);
    }

    /**
     * Makes sure that nobody on the host listens where the ports are to be published.
     *
     * @throws EngineException.Failed with Docker's words, and the port
     */
    public static void requireFree(List<PublishedPort> ports) {
        for (PublishedPort port : ports) {
            try {
                bind(port.container().protocol(), port.hostAddress(), port.hostPort());
            } catch (IOException e) {
                throw new EngineException.Failed(
                        "Bind for %s:%d failed: port is already allocated (%s); see who listens with `ss -lnp 'sport = :%d'`"
                                .formatted(
                                        port.hostAddress().isEmpty() ? "0.0.0.0" : port.hostAddress(),
                                        port.hostPort(),
                                        e.getMessage(),
                                        port.hostPort()),
                        e);
            }
        }
    }

    private static PublishedPort withEphemeral(
            PublishedPort request, List<PublishedPort> held, List<PublishedPort> chosen) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = freePort(request);
            if (Stream.concat(held.stream(), chosen.stream()).noneMatch(other -> other.hostPort() == port)) {
                return new PublishedPort(request.container(), request.hostAddress(), port);
            }
        }
        throw new EngineException.Failed(
                "no free host port was found for container port " + request.container() + "; publish a fixed one");
    }

    private static int freePort(PublishedPort request) {
        try {
            return bind(request.container().protocol(), request.hostAddress(), 0);
        } catch (IOException e) {
            throw new EngineException.Failed("no free port on " + request.hostAddress() + ": " + e.getMessage(), e);
        }
    }

    /** Binds and lets go at once; the port that it was. */
    private static int bind(Protocol protocol, String address, int port) throws IOException {
        InetSocketAddress where = new InetSocketAddress(literal(address), port);
        return switch (protocol) {
            case TCP -> {
                try (ServerSocket socket = new ServerSocket()) {
                    socket.bind(where);
                    yield socket.getLocalPort();
                }
            }
            case UDP -> {
                try (DatagramSocket socket = new DatagramSocket(where)) {
                    yield socket.getLocalPort();
                }
            }
            case SCTP ->
                throw new EngineException.NotImplemented(
                        "SCTP ports cannot be published; allowed protocols are tcp and udp");
        };
    }

    private static InetAddress literal(String address) throws UnknownHostException {
        return address.isEmpty() ? InetAddress.getByName("0.0.0.0") : InetAddress.ofLiteral(address);
    }
}
