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

/** The host's side of published ports. Stateless: the kernel and the containers' records are what is true. */
public final class HostPorts {
    private HostPorts() {}

    /**
     * Gives every port whose {@code hostPort} is asked to be ephemeral (0) a free one of the kernel's choice; the others stay.
     *
     * @param taken by the records of other containers, which may not be running
     */
    public static List<Integer> resolve(List<Request> requests, List<PublishedPort> taken) {
        List<Integer> resolved = new ArrayList<>();
        for (Request request : requests) {
            resolved.add(request.hostPort() == 0 ? ephemeral(request, taken, resolved) : request.hostPort());
        }
        return resolved;
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

    private static int ephemeral(Request request, List<PublishedPort> taken, List<Integer> resolved) {
        int attempts = 100;
        while (attempts-- > 0) {
            int port;
            try {
                port = bind(request.protocol(), request.hostAddress(), 0);
            } catch (IOException e) {
                throw new EngineException.Failed("no free port on " + request.hostAddress() + ": " + e.getMessage(), e);
            }
            if (!resolved.contains(port) && taken.stream().noneMatch(other -> other.hostPort() == port)) {
                return port;
            }
        }
        throw new EngineException.Failed("no free ephemeral port was found for a published port; publish a fixed one");
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

    /**
     * What a client asked to publish.
     *
     * @param hostAddress a literal, or empty for every address
     * @param hostPort 0 to 65535
     */
    public record Request(Protocol protocol, String hostAddress, int hostPort) {}
}
