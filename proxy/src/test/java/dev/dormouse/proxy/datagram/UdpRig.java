package dev.dormouse.proxy.datagram;

import dev.dormouse.proxy.Backend;
import dev.dormouse.proxy.DatagramReception;
import dev.dormouse.proxy.Listener;
import dev.dormouse.proxy.Reception;
import dev.dormouse.proxy.kernel.DatagramDescriptor;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.opentest4j.AssertionFailedError;

/** A data plane with one UDP socket, the server behind it, and the clients in front. */
final class UdpRig implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    static final int LARGEST = 65_507;

    private final MixedDataPlane plane = MixedDataPlane.start(2);
    private final DatagramDescriptor front;
    private final DatagramSocket server;
    private final Listener listener;
    private final List<DatagramSocket> open = new ArrayList<>();

    /** Where the backend is; a test answers it when it likes. */
    static final class Answers implements Backend {
        final List<CompletableFuture<SocketAddress>> asked = new ArrayList<>();
        int answered;
        Optional<SocketAddress> known = Optional.empty();

        @Override
        public synchronized CompletableFuture<SocketAddress> address(Optional<ConnectFailed> failed) {
            CompletableFuture<SocketAddress> answer = new CompletableFuture<>();
            known.ifPresent(answer::complete);
            asked.add(answer);
            return answer;
        }

        @Override
        public synchronized void answered() {
            answered++;
        }

        synchronized int count() {
            return asked.size();
        }

        synchronized int answeredCount() {
            return answered;
        }

        /** From now on, and to all that wait. */
        synchronized void awake(SocketAddress address) {
            known = Optional.of(address);
            asked.forEach(answer -> answer.complete(address));
        }

        synchronized void asleep() {
            known = Optional.empty();
        }

        synchronized void failed() {
            asked.forEach(answer -> answer.completeExceptionally(new IllegalStateException("it does not wake")));
        }
    }

    UdpRig(String host, DatagramReception reception, Answers backend) throws IOException {
        this.front = DatagramDescriptor.on(host);
        this.server = socket("127.0.0.1");
        this.listener = plane.listen(front.duplicate(), Reception.plain(1), reception, backend);
    }

    static DatagramReception lasting(Duration timeout) {
        return new DatagramReception(1000, timeout, Optional.empty(), dev.dormouse.proxy.HeldBounds.standard());
    }

    /** Whose container is awake. */
    static UdpRig awake(String host, DatagramReception reception) throws IOException {
        Answers answers = new Answers();
        UdpRig rig = new UdpRig(host, reception, answers);
        answers.awake(rig.serverAddress());
        return rig;
    }

    Listener listener() {
        return listener;
    }

    MixedDataPlane plane() {
        return plane;
    }

    DatagramDescriptor front() {
        return front;
    }

    SocketAddress serverAddress() {
        return server.getLocalSocketAddress();
    }

    DatagramSocket server() {
        return server;
    }

    DatagramSocket client() throws IOException {
        return socket("127.0.0.1");
    }

    private DatagramSocket socket(String host) throws IOException {
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(host), 0));
        socket.setSoTimeout((int) PATIENCE.toMillis());
        open.add(socket);
        return socket;
    }

    void ask(DatagramSocket client, String text) throws IOException {
        ask(client, "127.0.0.1", text.getBytes(StandardCharsets.UTF_8));
    }

    void ask(DatagramSocket client, String host, byte[] content) throws IOException {
        client.send(new DatagramPacket(
                content, content.length, new InetSocketAddress(InetAddress.ofLiteral(host), front.port())));
    }

    static DatagramPacket receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[LARGEST + 1], LARGEST + 1);
        socket.receive(packet);
        return packet;
    }

    static String text(DatagramPacket packet) {
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    /** The server sends the next datagram back. */
    SocketAddress echo() throws IOException {
        DatagramPacket packet = receive(server);
        server.send(packet);
        return packet.getSocketAddress();
    }

    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionFailedError("not within " + PATIENCE + ": " + what);
            }
            Thread.sleep(1);
        }
    }

    @Override
    public void close() {
        plane.close();
        open.forEach(DatagramSocket::close);
    }
}
