package dev.dormouse.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.daemon.config.ConfigException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnSocketTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private ServerSocketChannel listen(Path path) throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path));
    }

    @Test
    void aStaleSocketIsReplaced() throws IOException {
        Path path = folder.resolve("deep/er/docker.sock");
        OwnSocket.makeWay(path);
        listen(path).close();
        assertThat(path).exists();

        OwnSocket.makeWay(path);
        assertThat(path).doesNotExist();
    }

    @Test
    void aSocketInUseIsLeftAlone() throws IOException {
        Path path = folder.resolve("docker.sock");
        try (ServerSocketChannel _ = listen(path)) {
            assertThatThrownBy(() -> OwnSocket.makeWay(path))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("another process listens there");
            assertThat(path).exists();
        }
    }

    @Test
    void anythingElseIsLeftAlone() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "precious");
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));
        for (Path path : new Path[] {file, link}) {
            assertThatThrownBy(() -> OwnSocket.makeWay(path)).hasMessageContaining("is there already and no socket");
        }
        assertThat(file).hasContent("precious");
    }

    @Test
    void theGroupAndNobodyElseGetsThrough() throws IOException {
        Path path = folder.resolve("docker.sock");
        try (ServerSocketChannel _ = listen(path)) {
            OwnSocket.share(path, Optional.of("adm"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-rw----");
            assertThat(Files.getAttribute(path, "posix:group")).hasToString("adm");
            assertThatThrownBy(() -> OwnSocket.share(path, Optional.of("no-such-group")))
                    .hasMessage("--group no-such-group: no such group; make it with groupadd --system no-such-group");
        }
    }
}
