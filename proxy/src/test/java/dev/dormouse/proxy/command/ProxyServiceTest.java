package dev.dormouse.proxy.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.proxy.DataPlane;
import dev.dormouse.proxy.Reception;
import dev.dormouse.proxy.kernel.ListeningDescriptor;
import dev.dormouse.proxy.loop.EpollDataPlane;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ProxyServiceTest {
    private final TestSurroundings surroundings = new TestSurroundings(List.of());
    private final ListeningDescriptor front = ListeningDescriptor.onLoopback();
    /** The descriptor that systemd keeps. */
    private final int systemds = front.duplicate();

    private final DataPlane plane = EpollDataPlane.start(2);
    private ServerSocketChannel server;
    private ProxyService service;

    @BeforeEach
    void start() throws Exception {
        server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        Target target = new Target.Host("127.0.0.1", server.socket().getLocalPort());
        service = ProxyService.start(
                plane,
                List.of(front.number()),
                Reception.plain(10),
                target,
                Optional.of(Duration.ofSeconds(10)),
                surroundings);
    }

    @AfterEach
    void end() throws Exception {
        plane.close();
        server.close();
    }

    @Test
    void itIsIdleWhenNobodyEverCame() throws Exception {
        long start = System.nanoTime();
        service.awaitIdle(Duration.ofMillis(30));
        assertThat(System.nanoTime() - start)
                .isGreaterThanOrEqualTo(Duration.ofMillis(25).toNanos());
        assertThat(surroundings.told()).containsExactly("ready", "stopping");
    }

    @Test
    void itIsNotIdleWhileSomeoneIsConnected() throws Exception {
        SocketChannel client = SocketChannel.open(front.address());
        SocketChannel accepted = server.accept();
        CompletableFuture<Void> idle = awaitIdle(Duration.ofMillis(20));
        for (int round = 0; round < 50; round++) {
            client.write(ByteBuffer.wrap(new byte[1]));
            assertThat(accepted.read(ByteBuffer.allocate(1))).isEqualTo(1);
            Thread.sleep(1);
            assertThat(idle).isNotDone();
        }
        client.close();
        accepted.close();
        idle.join();
    }

    @Test
    void clientsThatComeWhenItGoesIdleStayForWhoListensNext() throws Exception {
        service.awaitIdle(Duration.ZERO);

        SocketChannel late = SocketChannel.open(front.address());
        late.write(ByteBuffer.wrap(new byte[] {42}));
        plane.close();

        try (DataPlane next = EpollDataPlane.start(1)) {
            Target target = new Target.Host("127.0.0.1", server.socket().getLocalPort());
            ProxyService.start(next, List.of(systemds), Reception.plain(10), target, Optional.empty(), surroundings);
            ByteBuffer received = ByteBuffer.allocate(1);
            assertThat(server.accept().read(received)).isEqualTo(1);
            assertThat(received.get(0)).isEqualTo((byte) 42);
        }
        late.close();
    }

    @Test
    void aStopLetsConnectionsEnd() throws Exception {
        SocketChannel client = SocketChannel.open(front.address());
        SocketChannel accepted = server.accept();
        CompletableFuture<Void> stop = CompletableFuture.runAsync(
                service::stop, work -> Thread.ofPlatform().daemon().start(work));
        while (!surroundings.told().contains("stopping")) {
            Thread.onSpinWait();
        }
        client.write(ByteBuffer.wrap(new byte[1]));
        assertThat(accepted.read(ByteBuffer.allocate(1))).isEqualTo(1);
        client.close();
        accepted.close();

        stop.join();
    }

    @Test
    void aStopBreaksOffWhatDoesNotEnd() throws Exception {
        try (SocketChannel client = SocketChannel.open(front.address());
                SocketChannel accepted = server.accept()) {
            long start = System.nanoTime();
            service.stop();
            assertThat(System.nanoTime() - start).isBetween(4_900_000_000L, 15_000_000_000L);
            assertThatThrownBy(() -> client.read(ByteBuffer.allocate(1))).hasMessageContaining("reset");
            assertThatThrownBy(() -> accepted.read(ByteBuffer.allocate(1))).hasMessageContaining("reset");
        }
    }

    private CompletableFuture<Void> awaitIdle(Duration idle) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        service.awaitIdle(idle);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                work -> Thread.ofPlatform().daemon().start(work));
    }
}
