package dev.dormouse.proxy;

import dev.dormouse.proxy.kernel.ListeningDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.opentest4j.AssertionFailedError;

/** A data plane with one listener, the server behind it, and the clients in front. */
final class Rig implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final DataPlane plane;
    private final ListeningDescriptor front;
    private final ServerSocketChannel server;
    private final Listener listener;
    private final List<SocketChannel> open = Collections.synchronizedList(new ArrayList<>());

    private Rig(
            DataPlane plane,
            ListeningDescriptor front,
            ServerSocketChannel server,
            Reception reception,
            Backend backend) {
        this.plane = plane;
        this.front = front;
        this.server = server;
        this.listener = plane.listen(front.number(), reception, backend);
    }

    static Rig on(DataPlane plane) throws IOException {
        return on(plane, 10_000);
    }

    static Rig on(DataPlane plane, int maximum) throws IOException {
        ServerSocketChannel server = serverOnLoopback();
        return between(plane, ListeningDescriptor.onLoopback(), server, maximum, fixed(server.getLocalAddress()));
    }

    static Rig between(DataPlane plane, ListeningDescriptor front, ServerSocketChannel server) throws IOException {
        return between(plane, front, server, 100, fixed(server.getLocalAddress()));
    }

    /** With a backend that tells where the server is when it likes. */
    static Rig with(DataPlane plane, ServerSocketChannel server, Backend backend) {
        return between(plane, ListeningDescriptor.onLoopback(), server, 10_000, backend);
    }

    /** Whose clients are met in some other way than by being connected. */
    static Rig with(DataPlane plane, ServerSocketChannel server, Reception reception, Backend backend) {
        return new Rig(plane, ListeningDescriptor.onLoopback(), server, reception, backend);
    }

    private static Rig between(
            DataPlane plane, ListeningDescriptor front, ServerSocketChannel server, int maximum, Backend backend) {
        return new Rig(plane, front, server, Reception.plain(maximum), backend);
    }

    static Backend fixed(SocketAddress address) {
        CompletableFuture<SocketAddress> known = CompletableFuture.completedFuture(address);
        return _ -> known;
    }

    static ServerSocketChannel serverOnLoopback() throws IOException {
        return ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 4096);
    }

    Listener listener() {
        return listener;
    }

    ListeningDescriptor front() {
        return front;
    }

    ServerSocketChannel server() {
        return server;
    }

    /** A client that is connected to the listener. */
    SocketChannel client() throws IOException {
        SocketChannel client = SocketChannel.open(front.address());
        open.add(client);
        return client;
    }

    /** The server's end of the next connection that reaches it. */
    SocketChannel accept() throws IOException {
        SocketChannel accepted = server.accept();
        open.add(accepted);
        return accepted;
    }

    static void send(SocketChannel channel, String text) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** As many bytes as asked for, or those up to the end of the stream. */
    static String receive(SocketChannel channel, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            // goes on
        }
        return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    }

    static String receiveAll(SocketChannel channel) throws IOException {
        return receive(channel, 1 << 16);
    }

    /** Closes with a reset. */
    static void reset(SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
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

    static ServerSocketChannel serverOnUnix(Path path) throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path), 128);
    }

    @Override
    public void close() throws IOException {
        plane.close();
        for (SocketChannel each : open) {
            each.close();
        }
        server.close();
    }
}
