package dev.dormouse.waitport;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A stream socket in the file system. */
record UnixEndpoint(Path path) implements Endpoint {
    /** {@code sun_path} in unix(7) without its closing zero. */
    private static final int LONGEST_PATH = 107;

    private static final ProbeResult.NotYet QUEUE_FULL =
            new ProbeResult.NotYet(Cause.TIMED_OUT, "the socket's queue of connections is full");

    UnixEndpoint {
        int length = path.toString().getBytes(StandardCharsets.UTF_8).length;
        if (length == 0 || length > LONGEST_PATH) {
            throw new IllegalArgumentException(
                    "socket path must be 1 to " + LONGEST_PATH + " bytes, not " + length + ": " + path);
        }
    }

    @Override
    public String authority() {
        return "localhost";
    }

    /**
     * Connects without blocking: a unix connect succeeds at once, or fails with EAGAIN when the listener's queue is full
     * (connect(2)); it is never under way.
     */
    @Override
    public SocketChannel connect(Deadline deadline) throws NotConnected {
        try {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.configureBlocking(false);
                if (channel.connect(UnixDomainSocketAddress.of(path))) {
                    return channel;
                }
                throw new NotConnected(QUEUE_FULL);
            } catch (IOException | NotConnected | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new NotConnected(explain(e));
        }
    }

    private ProbeResult.NotYet explain(IOException failure) {
        if (failure instanceof ConnectException) {
            return new ProbeResult.NotYet(Cause.REFUSED);
        }
        if (Files.notExists(path)) {
            return new ProbeResult.NotYet(Cause.NOT_LISTENING, "no such socket");
        }
        String words = String.valueOf(failure.getMessage());
        return words.contains("temporarily unavailable") ? QUEUE_FULL : ConnectFailure.explain(failure);
    }
}
