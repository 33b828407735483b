package dev.dormouse.activator.metrics;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers GET /metrics on a unix socket: for {@code dormouse-metrics}, which faces whoever scrapes. */
public final class MetricsServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsServer.class);
    private static final int LARGEST_HEAD = 8 * 1024;

    private final ServerSocketChannel channel;
    private final Path path;
    private final MetricsLedger ledger;
    private final Executor background;

    private MetricsServer(ServerSocketChannel channel, Path path, MetricsLedger ledger, Executor background) {
        this.channel = channel;
        this.path = path;
        this.ledger = ledger;
        this.background = background;
    }

    /**
     * Listens. Only this user and root may ask here; dormouse-metrics.socket says who else may.
     *
     * @param background answers clients, each on a thread of its own
     * @throws IOException if the socket cannot be made
     */
    public static MetricsServer listen(Path path, MetricsLedger ledger, Executor background) throws IOException {
        Files.deleteIfExists(path);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(path));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return new MetricsServer(channel, path, ledger, background);
    }

    /** Serves until closed. */
    public void serve() {
        while (channel.isOpen()) {
            try {
                SocketChannel client = channel.accept();
                background.execute(() -> answer(client));
            } catch (ClosedChannelException e) {
                LOG.debug("metrics socket closed", e);
            } catch (IOException e) {
                LOG.warn("metrics socket {}: {}", path, e.getMessage());
            }
        }
    }

    private void answer(SocketChannel client) {
        try (client) {
            ByteBuffer bytes = ByteBuffer.wrap(answer(head(client)));
            while (bytes.hasRemaining()) {
                client.write(bytes);
            }
        } catch (IOException e) {
            LOG.debug("metrics socket: a client has gone", e);
        }
    }

    /** Up to the empty line; what is beyond the largest head is not looked at. */
    private static String head(SocketChannel client) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(LARGEST_HEAD);
        while (head.size() < LARGEST_HEAD
                && !head.toString(StandardCharsets.US_ASCII).contains("\r\n\r\n")) {
            if (client.read(buffer.clear()) < 0) {
                break;
            }
            head.write(buffer.array(), 0, buffer.position());
        }
        return head.toString(StandardCharsets.US_ASCII);
    }

    byte[] answer(String head) {
        String[] lines = head.split("\r\n", -1);
        if (!lines[0].matches("GET /metrics(\\?[^ ]*)? HTTP/1\\.[01]")) {
            return response(
                    "404 Not Found",
                    "text/plain; charset=utf-8",
                    "GET /metrics is all there is\n".getBytes(StandardCharsets.UTF_8));
        }
        StringBuilder accept = new StringBuilder();
        for (String line : lines) {
            if (line.toLowerCase(Locale.ROOT).startsWith("accept:")) {
                accept.append(line.substring("accept:".length()));
            }
        }
        MetricsFormat format = MetricsFormat.wantedBy(accept.toString());
        return response("200 OK", format.contentType(), ledger.page(format));
    }

    private static byte[] response(String status, String type, byte[] body) {
        ByteArrayOutputStream response = new ByteArrayOutputStream();
        response.writeBytes(("HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length
                        + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        response.writeBytes(body);
        return response.toByteArray();
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(path);
    }
}
