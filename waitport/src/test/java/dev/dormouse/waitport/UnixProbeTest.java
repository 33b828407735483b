package dev.dormouse.waitport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnixProbeTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private Path socket;

    @BeforeEach
    void nameSocket() {
        socket = folder.resolve("s");
    }

    @Test
    void aListeningSocketIsReady() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));

            assertThat(new UnixProbe(socket).attempt(LONG)).isEqualTo(ProbeResult.READY);
        }
    }

    @Test
    void aMissingSocketIsNotListening() throws Exception {
        assertThat(new UnixProbe(socket).attempt(LONG))
                .isEqualTo(new ProbeResult.NotYet(Cause.NOT_LISTENING, "no such socket"));
    }

    @Test
    void aSocketThatItsServerLeftBehindIsRefused() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
        }

        assertThat(new UnixProbe(socket).attempt(LONG)).isEqualTo(new ProbeResult.NotYet(Cause.REFUSED));
    }

    @Test
    void aPlainFileIsRefused() throws Exception {
        Files.createFile(socket);

        assertThat(new UnixProbe(socket).attempt(LONG)).isEqualTo(new ProbeResult.NotYet(Cause.REFUSED));
    }

    @Test
    void aFullQueueIsNotMistakenForReady() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket), 1);
            // listen(2) with 1 holds two connections.
            try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                    SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
                assertThat(new UnixProbe(socket).attempt(LONG))
                        .isEqualTo(
                                new ProbeResult.NotYet(Cause.TIMED_OUT, "the socket's queue of connections is full"));
            }
        }
    }

    @Test
    void pathsThatUnixCannotNameAreRejected() {
        assertThatIllegalArgumentException().isThrownBy(() -> new UnixProbe(Path.of("/" + "x".repeat(107))));
        assertThatIllegalArgumentException().isThrownBy(() -> new UnixProbe(Path.of("")));
    }
}
