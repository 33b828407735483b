package dev.dormouse.units.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.units.descriptor.InheritedDescriptor.Family;
import dev.dormouse.units.libc.Libc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import jnr.unixsocket.UnixDatagramChannel;
import jnr.unixsocket.UnixServerSocketChannel;
import jnr.unixsocket.UnixSocketAddress;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real kernel's answers. */
class RealSocketsTest {
    private final SocketReader reader = new SocketReader(SocketKernel.LINUX);

    @TempDir
    private Path folder;

    /** The JDK keeps a socket of its own from its first one on. */
    @BeforeAll
    static void openTheFirst() throws Exception {
        ServerSocketChannel.open().close();
        DatagramChannel.open().close();
    }

    @Test
    void inet() throws Exception {
        Set<Integer> before = sockets();
        try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.INET)) {
            channel.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
            int descriptor = opened(before);
            assertThat(reader.read(descriptor, "web"))
                    .isEqualTo(new InheritedDescriptor(
                            descriptor,
                            "web",
                            Family.INET,
                            InheritedDescriptor.Type.STREAM,
                            "127.0.0.1:" + port(channel)));
        }
    }

    @Test
    void inet6() throws Exception {
        Set<Integer> before = sockets();
        try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.INET6)) {
            channel.bind(new InetSocketAddress(InetAddress.ofLiteral("::1"), 0));
            int descriptor = opened(before);
            assertThat(reader.read(descriptor, "web"))
                    .isEqualTo(new InheritedDescriptor(
                            descriptor,
                            "web",
                            Family.INET6,
                            InheritedDescriptor.Type.STREAM,
                            "[::1]:" + port(channel)));
        }
    }

    @Test
    void inetDatagram() throws Exception {
        Set<Integer> before = sockets();
        try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
            int descriptor = opened(before);
            assertThatThrownBy(() -> reader.read(descriptor, "dns")).hasMessageContaining("is not bound to an address");
            channel.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
            assertThat(reader.read(descriptor, "dns").type()).isEqualTo(InheritedDescriptor.Type.DATAGRAM);
        }
    }

    @Test
    void unixStream() throws Exception {
        Path path = folder.resolve("stream");
        try (UnixServerSocketChannel channel = UnixServerSocketChannel.open()) {
            channel.socket().bind(new UnixSocketAddress(path.toFile()));
            assertThat(reader.read(channel.getFD(), "api"))
                    .isEqualTo(new InheritedDescriptor(
                            channel.getFD(), "api", Family.UNIX, InheritedDescriptor.Type.STREAM, path.toString()));
        }
    }

    @Test
    void unixDatagram() throws Exception {
        try (UnixDatagramChannel channel = UnixDatagramChannel.open()) {
            String name = "dormouse-test-" + ProcessHandle.current().pid();
            channel.bind(new UnixSocketAddress("\0" + name));
            assertThat(reader.read(channel.getFD(), "handoff"))
                    .isEqualTo(new InheritedDescriptor(
                            channel.getFD(), "handoff", Family.UNIX, InheritedDescriptor.Type.DATAGRAM, "@" + name));
        }
    }

    @Test
    void whatIsNoListeningSocketIsSaid() throws Exception {
        Set<Integer> before = sockets();
        try (SocketChannel _ = SocketChannel.open(StandardProtocolFamily.INET)) {
            int descriptor = opened(before);
            assertThatThrownBy(() -> reader.read(descriptor, "web")).hasMessageContaining("does not listen");
        }
        int eventfd = Libc.eventfd();
        assertThatThrownBy(() -> reader.read(eventfd, "web"))
                .hasMessageStartingWith("descriptor " + eventfd + " (web) of LISTEN_FDS is not a socket");
        Libc.close(eventfd);
        assertThatThrownBy(() -> reader.setCloseOnExec(1 << 20, "web"))
                .hasMessageStartingWith("descriptor 1048576 (web) of LISTEN_FDS is not open");
    }

    @Test
    void closeOnExecIsSet() throws Exception {
        try (UnixDatagramChannel channel = UnixDatagramChannel.open()) {
            Libc.fcntl(channel.getFD(), Libc.F_SETFD, 0);
            reader.setCloseOnExec(channel.getFD(), "x");
            assertThat(Libc.fcntl(channel.getFD(), Libc.F_GETFD, 0)).isEqualTo(Libc.FD_CLOEXEC);
        }
    }

    private static int port(ServerSocketChannel channel) throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    /** The JDK tells no descriptor's number; tests of this class run one after another. */
    private static int opened(Set<Integer> before) throws IOException {
        Set<Integer> now = sockets();
        now.removeAll(before);
        assertThat(now).hasSize(1);
        return now.iterator().next();
    }

    private static Set<Integer> sockets() throws IOException {
        Set<Integer> sockets = new TreeSet<>();
        try (var list = Files.list(Path.of("/proc/self/fd"))) {
            for (Path link : list.toList()) {
                if (Files.exists(link)
                        && Files.readSymbolicLink(link).toString().startsWith("socket:")) {
                    sockets.add(Integer.parseInt(link.getFileName().toString()));
                }
            }
        }
        return sockets;
    }
}
