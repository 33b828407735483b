package dev.dormouse.waitport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A server that reads one request and answers with fixed bytes, a reset or nothing. */
final class OneAnswer implements AutoCloseable {
    private interface Reaction {
        void to(SocketChannel client) throws IOException;
    }

    private final ServerSocketChannel listener;
    private final CompletableFuture<String> request = new CompletableFuture<>();
    private final CompletableFuture<SocketChannel> connection = new CompletableFuture<>();
    private final CompletableFuture<Void> end;

    private OneAnswer(ServerSocketChannel listener, Reaction reaction) {
        this.listener = listener;
        this.end = CompletableFuture.runAsync(() -> serve(reaction), Thread::startVirtualThread);
    }

    static OneAnswer of(String answer) throws IOException {
        return on(onLoopback(), answer);
    }

    static OneAnswer on(ServerSocketChannel listener, String answer) {
        return new OneAnswer(listener, client -> {
            ByteBuffer bytes = ISO_8859_1.encode(answer);
            while (bytes.hasRemaining()) {
                client.write(bytes);
            }
            client.close();
        });
    }

    static OneAnswer thatResets() throws IOException {
        return new OneAnswer(onLoopback(), client -> {
            client.setOption(StandardSocketOptions.SO_LINGER, 0);
            client.close();
        });
    }

    static OneAnswer thatStaysSilent() throws IOException {
        return new OneAnswer(onLoopback(), _ -> {});
    }

    int port() {
        return listener.socket().getLocalPort();
    }

    /** The first request's head. */
    String request() throws Exception {
        return request.get(10, TimeUnit.SECONDS);
    }

    private static ServerSocketChannel onLoopback() throws IOException {
        return ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private void serve(Reaction reaction) {
        try {
            SocketChannel client = listener.accept();
            connection.complete(client);
            StringBuilder head = new StringBuilder();
            ByteBuffer buffer = ByteBuffer.allocate(1024);
            while (head.indexOf("\r\n\r\n") < 0 && client.read(buffer) >= 0) {
                head.append(ISO_8859_1.decode(buffer.flip()));
                buffer.clear();
            }
            request.complete(head.toString());
            reaction.to(client);
        } catch (IOException e) {
            // The probe hangs up as soon as it knows enough; whoever asks for the request gets the failure.
            request.completeExceptionally(e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        if (connection.isDone()) {
            connection.join().close();
        }
        end.join();
    }
}
