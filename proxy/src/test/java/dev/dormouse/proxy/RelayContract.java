package dev.dormouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.proxy.kernel.ListeningDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What bytes, ends and resets any data plane passes on. */
@Timeout(30)
abstract class RelayContract {
    private static final long BULK = 64L << 20;

    @TempDir
    private Path folder;

    abstract DataPlane start(int loops);

    @Test
    void bytesGoBothWays() throws Exception {
        try (Rig rig = Rig.on(start(1))) {
            SocketChannel client = rig.client();
            SocketChannel server = rig.accept();
            for (int round = 0; round < 100; round++) {
                Rig.send(client, "ping");
                assertThat(Rig.receive(server, 4)).isEqualTo("ping");
                Rig.send(server, "pong!");
                assertThat(Rig.receive(client, 5)).isEqualTo("pong!");
            }
            assertThat(rig.listener().connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp to tcp", "tcp to unix", "unix to tcp", "unix to unix"})
    void bulkBothWaysAtOnceArrivesWhole(String families) throws Exception {
        ListeningDescriptor front = families.startsWith("tcp")
                ? ListeningDescriptor.onLoopback()
                : ListeningDescriptor.onUnix(folder.resolve("front"));
        ServerSocketChannel back =
                families.endsWith("tcp") ? Rig.serverOnLoopback() : Rig.serverOnUnix(folder.resolve("back"));
        try (Rig rig = Rig.between(start(2), front, back)) {
            SocketChannel client = rig.client();
            SocketChannel server = rig.accept();
            Future<Long> up = Pattern.send(client, 1, BULK);
            Future<Long> down = Pattern.send(server, 2, BULK);
            Future<Long> upArrived = Pattern.receive(server);
            Future<Long> downArrived = Pattern.receive(client);

            assertThat(upArrived.get()).isEqualTo(up.get());
            assertThat(downArrived.get()).isEqualTo(down.get());
            Rig.await("both ended", () -> rig.listener().connections() == 0);
        }
    }

    @Test
    void aClientThatEndedItsStreamGetsItsAnswer() throws Exception {
        try (Rig rig = Rig.on(start(1))) {
            SocketChannel client = rig.client();
            Rig.send(client, "question");
            client.shutdownOutput();
            SocketChannel server = rig.accept();

            assertThat(Rig.receiveAll(server)).isEqualTo("question");
            assertThat(rig.listener().connections()).isEqualTo(1);
            Rig.send(server, "answer");
            server.close();
            assertThat(Rig.receiveAll(client)).isEqualTo("answer");
            Rig.await("the end of it", () -> rig.listener().connections() == 0);
        }
    }

    @Test
    void aClientThatEndsItsStreamAtOnceIsAnsweredBySomeoneWhoSpeaksFirst() throws Exception {
        try (Rig rig = Rig.on(start(1))) {
            for (int round = 0; round < 100; round++) {
                SocketChannel client = rig.client();
                client.shutdownOutput();
                try (SocketChannel server = rig.accept()) {
                    Rig.send(server, "what time it is");
                }
                assertThat(Rig.receiveAll(client)).isEqualTo("what time it is");
            }
        }
    }

    @Test
    void aServerThatEndedItsStreamStillListens() throws Exception {
        try (Rig rig = Rig.on(start(1))) {
            SocketChannel client = rig.client();
            SocketChannel server = rig.accept();
            Rig.send(server, "greeting");
            server.shutdownOutput();

            assertThat(Rig.receiveAll(client)).isEqualTo("greeting");
            Rig.send(client, "late word");
            client.close();
            assertThat(Rig.receiveAll(server)).isEqualTo("late word");
            Rig.await("the end of it", () -> rig.listener().connections() == 0);
        }
    }

    @Test
    void aResetByTheClientReachesTheServer() throws Exception {
        try (Rig rig = Rig.on(start(1))) {
            SocketChannel client = rig.client();
            SocketChannel server = rig.accept();
            Rig.send(client, "x");
            assertThat(Rig.receive(server, 1)).isEqualTo("x");

            Rig.reset(client);

            assertReset(server);
            Rig.await("the end of it", () -> rig.listener().connections() == 0);
        }
    }

    @Test
    void aResetByTheServerReachesTheClient() throws Exception {
        try (Rig rig = Rig.on(start(1))) {
            SocketChannel client = rig.client();
            SocketChannel server = rig.accept();
            Rig.send(server, "x");
            assertThat(Rig.receive(client, 1)).isEqualTo("x");

            Rig.reset(server);

            assertReset(client);
        }
    }

    @Test
    void aResetAfterAHalfCloseIsStillOne() throws Exception {
        try (Rig rig = Rig.on(start(1))) {
            SocketChannel client = rig.client();
            SocketChannel server = rig.accept();
            client.shutdownOutput();
            assertThat(Rig.receiveAll(server)).isEmpty();

            Rig.reset(server);

            assertReset(client);
        }
    }

    @Test
    void whatWasSentBeforeAResetArrivesFirst() throws Exception {
        try (Rig rig = Rig.on(start(1))) {
            SocketChannel client = rig.client();
            SocketChannel server = rig.accept();
            Rig.send(server, "last words");
            assertThat(Rig.receive(client, 10)).isEqualTo("last words");
            Rig.send(client, "unread");
            Rig.await("the bytes are there", () -> unread(server));
            server.close();

            assertReset(client);
        }
    }

    @Test
    void aStalledClientStopsItsServerOnlyAndLosesNothing() throws Exception {
        try (Rig rig = Rig.on(start(1))) {
            SocketChannel stalled = rig.client();
            SocketChannel server = rig.accept();
            long sent = Pattern.sendUntilRefused(List.of(server)).getFirst();
            assertThat(sent).as("what kernel and data plane keep").isLessThan(64L << 20);

            SocketChannel other = rig.client();
            SocketChannel otherServer = rig.accept();
            Rig.send(other, "hello");
            assertThat(Rig.receive(otherServer, 5)).isEqualTo("hello");

            Future<Long> arrived = Pattern.receive(stalled);
            server.configureBlocking(true);
            server.shutdownOutput();
            assertThat(arrived.get()).isEqualTo(Pattern.checksum(0, sent));
        }
    }

    @Test
    void moreStalledClientsThanThereArePipesAreKeptWithinABound() throws Exception {
        int count = 24;
        try (Rig rig = Rig.on(start(1))) {
            List<SocketChannel> stalled = new ArrayList<>();
            List<SocketChannel> servers = new ArrayList<>();
            for (int index = 0; index < count; index++) {
                stalled.add(rig.client());
                servers.add(rig.accept());
            }
            List<Long> sent = Pattern.sendUntilRefused(servers);
            for (int index = 0; index < count; index++) {
                servers.get(index).configureBlocking(true);
                servers.get(index).shutdownOutput();
                assertThat(Pattern.receive(stalled.get(index)).get())
                        .isEqualTo(Pattern.checksum(index, sent.get(index)));
            }
        }
    }

    @Test
    void aStalledConnectionThatIsResetIsGivenUpAtOnce() throws Exception {
        try (Rig rig = Rig.on(start(1))) {
            SocketChannel stalled = rig.client();
            SocketChannel server = rig.accept();
            assertThat(Pattern.sendUntilRefused(List.of(server)).getFirst()).isPositive();

            Rig.reset(stalled);

            Rig.await("the end of it", () -> rig.listener().connections() == 0);
            server.configureBlocking(true);
            assertReset(server);
        }
    }

    @Test
    void thousandsAreServedAtOnce() throws Exception {
        int count = 2000;
        try (Rig rig = Rig.on(start(2))) {
            List<SocketChannel> clients = new ArrayList<>(count);
            List<SocketChannel> servers = new ArrayList<>(count);
            for (int index = 0; index < count; index++) {
                SocketChannel client = rig.client();
                Rig.send(client, "%08d".formatted(index));
                clients.add(client);
                servers.add(rig.accept());
            }
            for (SocketChannel server : servers) {
                Rig.send(server, Rig.receive(server, 8));
            }
            for (int index = 0; index < count; index++) {
                assertThat(Rig.receive(clients.get(index), 8)).isEqualTo("%08d".formatted(index));
            }
            assertThat(rig.listener().connections()).isEqualTo(count);
            for (SocketChannel client : clients) {
                client.close();
            }
            for (SocketChannel server : servers) {
                server.close();
            }
            Rig.await("all have ended", () -> rig.listener().connections() == 0);
        }
    }

    @Test
    void ipv6ClientsAreServed() throws Exception {
        try (Rig rig = Rig.between(start(1), ListeningDescriptor.onLoopback6(), Rig.serverOnLoopback())) {
            SocketChannel client = rig.client();
            Rig.send(client, "six");
            assertThat(Rig.receive(rig.accept(), 3)).isEqualTo("six");
        }
    }

    private static boolean unread(SocketChannel channel) {
        try {
            return channel.socket().getInputStream().available() > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertReset(SocketChannel channel) {
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        assertThatThrownBy(() -> {
                    while (channel.read(bytes.clear()) >= 0) {
                        // what came before
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("reset");
    }
}
