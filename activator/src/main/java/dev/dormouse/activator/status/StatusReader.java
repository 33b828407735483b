package dev.dormouse.activator.status;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** Asks a running activator what it holds. */
public final class StatusReader {
    private StatusReader() {}

    /** The document; empty if no activator runs or its answer is none. */
    public static Optional<StatusDocument> read(Path socket) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return Optional.of(
                    StatusDocument.parse(Channels.newInputStream(channel).readAllBytes()));
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }
}
