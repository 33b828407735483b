package dev.dormouse.activator.status;

import dev.dormouse.activator.service.ServiceSnapshot;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers each connection to a unix socket with one {@link StatusDocument}. */
public final class StatusServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusServer.class);

    private final ServerSocketChannel channel;
    private final Path path;
    private final Supplier<List<ServiceSnapshot>> snapshots;

    private StatusServer(ServerSocketChannel channel, Path path, Supplier<List<ServiceSnapshot>> snapshots) {
        this.channel = channel;
        this.path = path;
        this.snapshots = snapshots;
    }

    /**
     * Listens. Everyone on the machine may ask: names and counts are no secret.
     *
     * @param snapshots asked for on the thread that serves
     * @throws IOException if the socket cannot be made
     */
    public static StatusServer listen(Path path, Supplier<List<ServiceSnapshot>> snapshots) throws IOException {
        Files.deleteIfExists(path);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(path));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return new StatusServer(channel, path, snapshots);
    }

    /** Serves until closed, one client after the other. */
    public void serve() {
        while (channel.isOpen()) {
            try (SocketChannel client = channel.accept()) {
                answer(client);
            } catch (ClosedChannelException e) {
                LOG.debug("status socket closed", e);
            } catch (IOException e) {
                LOG.warn("status socket {}: {}", path, e.getMessage());
            }
        }
    }

    /** A document fits the socket's buffer; whoever does not read it must not hold the next one up. */
    private void answer(SocketChannel client) throws IOException {
        ByteBuffer json = ByteBuffer.wrap(StatusDocument.of(snapshots.get()).json());
        client.configureBlocking(false);
        while (json.hasRemaining()) {
            if (client.write(json) == 0) {
                LOG.warn("status socket {}: a client does not read, closed", path);
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(path);
    }
}
