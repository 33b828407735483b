package dev.dormouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.proxy.Doorkeeper.Departure;
import dev.dormouse.proxy.Doorkeeper.Verdict;
import dev.dormouse.proxy.loop.EpollDataPlane;
import dev.dormouse.proxy.source.SourceLimit;
import dev.dormouse.units.service.ProxyProtocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LimitedSourcesTest {
    private static final String GREEDY = "127.0.0.7";
    private static final String MODEST = "127.0.0.8";

    private final AtomicInteger reset = new AtomicInteger();
    private final List<SocketChannel> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws IOException {
        for (SocketChannel each : open) {
            each.close();
        }
    }

    @Test
    void aClientOverTheLimitIsHeldUntilAnotherOfItsSourceEnds() throws Exception {
        try (Rig rig = rig(plain(100, limit(1)))) {
            SocketChannel first = client(rig, GREEDY);
            Rig.send(first, "first");
            SocketChannel server = rig.accept();
            assertThat(Rig.receive(server, 5)).isEqualTo("first");
            SocketChannel second = client(rig, GREEDY);
            Rig.send(second, "second");
            Rig.await("held back", () -> rig.listener().heldBack() == 1);

            Rig.send(client(rig, MODEST), "modest");
            assertThat(Rig.receive(rig.accept(), 6))
                    .as("before the one that is held back")
                    .isEqualTo("modest");
            assertThat(rig.listener().connections()).isEqualTo(3);

            first.close();
            server.close();
            assertThat(Rig.receive(rig.accept(), 6)).isEqualTo("second");
            assertThat(rig.listener().heldBack()).isZero();
        }
    }

    @Test
    void whoIsHeldBackIsHeldByTcpAndNotByUs() throws Exception {
        try (Rig rig = rig(plain(100, limit(1)))) {
            client(rig, GREEDY);
            rig.accept();
            SocketChannel second = client(rig, GREEDY);
            second.configureBlocking(false);
            Rig.await("held back", () -> rig.listener().heldBack() == 1);
            ByteBuffer block = ByteBuffer.allocate(1 << 16);
            long[] quiet = {System.nanoTime()};
            Rig.await("no more is taken", () -> {
                quiet[0] = write(second, block.clear()) > 0 ? System.nanoTime() : quiet[0];
                return System.nanoTime() - quiet[0] > 200_000_000L;
            });
            assertThat(rig.listener().traffic().fromClients()).isZero();
        }
    }

    @Test
    void whoIsTooManyIsResetAndCounted() throws Exception {
        try (Rig rig = rig(plain(100, limit(1)))) {
            client(rig, GREEDY);
            client(rig, GREEDY);
            Rig.await("both", () -> rig.listener().heldBack() == 1);
            assertThatThrownBy(() -> Rig.receive(client(rig, GREEDY), 1)).hasMessageContaining("reset");
            assertThat(reset).hasValue(1);
            Rig.await("gone", () -> rig.listener().connections() == 2);
        }
    }

    @Test
    void whoLeavesWhileHeldBackLeavesItsPlace() throws Exception {
        try (Rig rig = rig(plain(100, limit(1)))) {
            SocketChannel first = client(rig, GREEDY);
            SocketChannel server = rig.accept();
            SocketChannel second = client(rig, GREEDY);
            Rig.await("held back", () -> rig.listener().heldBack() == 1);
            Rig.reset(second);
            Rig.await("gone", () -> rig.listener().connections() == 1);
            Rig.send(client(rig, GREEDY), "third");
            Rig.await("held back", () -> rig.listener().heldBack() == 1);
            first.close();
            server.close();
            assertThat(Rig.receive(rig.accept(), 5)).isEqualTo("third");
            assertThat(reset).hasValue(0);
        }
    }

    @Test
    void whereThereIsNoRoomLeftWhoeverIsHeldBackMakesIt() throws Exception {
        try (Rig rig = rig(plain(4, limit(2)))) {
            for (int greedy = 0; greedy < 4; greedy++) {
                client(rig, GREEDY);
            }
            rig.accept();
            rig.accept();
            Rig.await("full", () -> rig.listener().heldBack() == 2);
            Rig.send(client(rig, MODEST), "modest");
            assertThat(Rig.receive(rig.accept(), 6)).isEqualTo("modest");
            // A loop that comes late cannot tell that the client has been served meanwhile.
            assertThat(reset).hasValueBetween(1, 2);
        }
    }

    @Test
    void theDoorkeeperComesFirstAndTheHeaderIsThere() throws Exception {
        Doorkeeper doorkeeper = _ -> new Doorkeeper.Visit() {
            @Override
            public Verdict look(ByteBuffer sent) {
                return sent.remaining() < 5 ? Verdict.UNDECIDED : Verdict.ADMITTED;
            }

            @Override
            public void undecided(Departure why) {}
        };
        Reception reception = new Reception(
                100, Optional.of(doorkeeper), Optional.empty(), Optional.of(ProxyProtocol.V1), Optional.of(limit(1)));
        try (Rig rig = rig(reception)) {
            SocketChannel atTheDoor = client(rig, GREEDY);
            SocketChannel second = client(rig, GREEDY);
            Rig.send(second, "hello");
            SocketChannel server = rig.accept();
            assertThat(Rig.receive(server, 11))
                    .as("who has no place at the door")
                    .isEqualTo("PROXY TCP4 ");
            Rig.send(atTheDoor, "there");
            Rig.await("held back", () -> rig.listener().heldBack() == 1);
            second.close();
            server.close();
            assertThat(Rig.receiveAll(closeWrites(atTheDoor, rig.accept())))
                    .startsWith("PROXY TCP4 127.0.0.7 ")
                    .endsWith("there");
        }
    }

    @Test
    void whatIsGivenUpIsHeldByTheNext() throws Exception {
        SourceLimit next = limit(1);
        try (DataPlane second = EpollDataPlane.start(2);
                Rig rig = rig(plain(100, limit(1)))) {
            SocketChannel served = client(rig, GREEDY);
            SocketChannel server = rig.accept();
            Rig.send(client(rig, GREEDY), "waiting");
            Rig.await("held back", () -> rig.listener().heldBack() == 1);

            GivenUpListener left = rig.listener().giveUp().get();
            next.expect(left.connections());
            Listener successor = second.listen(
                    left.descriptor().orElseThrow(),
                    plain(100, next),
                    Rig.fixed(rig.server().getLocalAddress()));
            assertThatThrownBy(() -> Rig.receive(client(rig, GREEDY), 1)).hasMessageContaining("reset");
            left.connections().forEach(successor::takeUp);
            Rig.await("all", () -> successor.connections() == 2 && successor.heldBack() == 1);
            served.close();
            server.close();
            assertThat(Rig.receive(rig.accept(), 7)).isEqualTo("waiting");
        }
    }

    private SourceLimit limit(int most) {
        return new SourceLimit(most, reset::incrementAndGet);
    }

    private static Reception plain(int most, SourceLimit limit) {
        return new Reception(most, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(limit));
    }

    private static Rig rig(Reception reception) throws IOException {
        ServerSocketChannel server = Rig.serverOnLoopback();
        return Rig.with(EpollDataPlane.start(2), server, reception, Rig.fixed(server.getLocalAddress()));
    }

    private SocketChannel client(Rig rig, String source) throws IOException {
        SocketChannel client = SocketChannel.open();
        open.add(client);
        client.bind(new InetSocketAddress(InetAddress.ofLiteral(source), 0));
        client.connect(rig.front().address());
        return client;
    }

    private static SocketChannel closeWrites(SocketChannel client, SocketChannel server) throws IOException {
        client.shutdownOutput();
        return server;
    }

    private static int write(SocketChannel channel, ByteBuffer bytes) {
        try {
            return channel.write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
