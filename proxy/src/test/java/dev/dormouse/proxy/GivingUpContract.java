package dev.dormouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one data plane gives up, another goes on with: no byte is lost, none comes twice. */
@Timeout(60)
abstract class GivingUpContract {
    private static final long BULK = 256L << 20;

    abstract DataPlane start(int loops);

    /** What the first gave up, taken up by the second. */
    private static Listener succeed(Rig rig, DataPlane second, Backend backend) throws Exception {
        GivenUpListener left = rig.listener().giveUp().get();
        assertThat(rig.listener().connections()).isZero();
        Listener next = second.listen(left.descriptor().orElseThrow(), Reception.plain(1), backend);
        left.connections().forEach(next::takeUp);
        return next;
    }

    @Test
    void anEstablishedConnectionGoesOn() throws Exception {
        try (DataPlane second = start(2);
                Rig rig = Rig.on(start(2))) {
            SocketChannel client = rig.client();
            SocketChannel server = rig.accept();
            Rig.send(client, "one");
            assertThat(Rig.receive(server, 3)).isEqualTo("one");

            Listener next = succeed(rig, second, Rig.fixed(rig.server().getLocalAddress()));
            Rig.send(client, "two");
            assertThat(Rig.receive(server, 3)).isEqualTo("two");
            Rig.send(server, "three");
            assertThat(Rig.receive(client, 5)).isEqualTo("three");
            assertThat(next.connections()).isEqualTo(1);

            client.close();
            assertThat(Rig.receiveAll(server)).isEmpty();
            server.close();
            Rig.await("both ended", () -> next.connections() == 0);
            SocketChannel another = rig.client();
            Rig.send(another, "new");
            assertThat(Rig.receive(rig.accept(), 3)).isEqualTo("new");
        }
    }

    @Test
    void aStreamThatHadEndedStaysEnded() throws Exception {
        try (DataPlane second = start(1);
                Rig rig = Rig.on(start(1))) {
            SocketChannel client = rig.client();
            Rig.send(client, "question");
            client.shutdownOutput();
            SocketChannel server = rig.accept();
            assertThat(Rig.receiveAll(server)).isEqualTo("question");

            Listener next = succeed(rig, second, Rig.fixed(rig.server().getLocalAddress()));
            Rig.send(server, "answer");
            server.close();
            assertThat(Rig.receiveAll(client)).isEqualTo("answer");
            Rig.await("both ended", () -> next.connections() == 0);
        }
    }

    @Test
    void bulkOnItsWayArrivesWhole() throws Exception {
        try (DataPlane second = start(2);
                DataPlane third = start(1);
                Rig rig = Rig.on(start(2))) {
            SocketChannel client = rig.client();
            SocketChannel server = rig.accept();
            Future<Long> up = Pattern.send(client, 1, BULK);
            Future<Long> down = Pattern.send(server, 2, BULK);
            Future<Long> upArrived = Pattern.receive(server);
            Future<Long> downArrived = Pattern.receive(client);
            Rig.await("under way", () -> rig.listener().traffic().toClients() > BULK / 8);

            GivenUpListener left = rig.listener().giveUp().get();
            Listener next = second.listen(
                    left.descriptor().orElseThrow(),
                    Reception.plain(10),
                    Rig.fixed(rig.front().address()));
            left.connections().forEach(next::takeUp);
            Rig.await("under way again", () -> next.traffic().toClients() > BULK / 8);
            GivenUpListener again = next.giveUp().get();
            Listener last = third.listen(
                    again.descriptor().orElseThrow(),
                    Reception.plain(10),
                    Rig.fixed(rig.front().address()));
            again.connections().forEach(last::takeUp);

            assertThat(upArrived.get()).isEqualTo(up.get());
            assertThat(downArrived.get()).isEqualTo(down.get());
            Rig.await("both ended", () -> last.connections() == 0);
        }
    }

    /** What was read and the other side did not take goes along. */
    @Test
    void aStalledConnectionLosesNothing() throws Exception {
        try (DataPlane second = start(1);
                Rig rig = Rig.on(start(1))) {
            SocketChannel client = rig.client();
            SocketChannel server = rig.accept();
            client.configureBlocking(false);
            ByteBuffer block = ByteBuffer.allocate(1 << 16);
            long[] sent = {0};
            long[] quiet = {System.nanoTime()};
            Rig.await("everything full", () -> {
                int written = write(client, block.clear());
                sent[0] += written;
                quiet[0] = written > 0 ? System.nanoTime() : quiet[0];
                return System.nanoTime() - quiet[0] > 200_000_000L;
            });
            client.configureBlocking(true);

            GivenUpListener left = rig.listener().giveUp().get();
            assertThat(left.connections())
                    .singleElement()
                    .satisfies(one -> assertThat(one.toBackend()).isPresent());
            Listener next = second.listen(
                    left.descriptor().orElseThrow(),
                    Reception.plain(1),
                    Rig.fixed(rig.server().getLocalAddress()));
            left.connections().forEach(next::takeUp);
            client.shutdownOutput();

            assertThat(drained(server)).isEqualTo(sent[0]);
        }
    }

    @Test
    void aHeldClientIsHeldByTheNext() throws Exception {
        try (DataPlane second = start(1);
                ServerSocketChannel server = Rig.serverOnLoopback();
                Rig rig = Rig.with(start(1), server, _ -> new CompletableFuture<SocketAddress>())) {
            SocketChannel client = rig.client();
            Rig.send(client, "waiting");
            Rig.await("held", () -> rig.listener().connections() == 1);

            succeed(rig, second, Rig.fixed(server.getLocalAddress()));
            assertThat(Rig.receive(rig.accept(), 7)).isEqualTo("waiting");
        }
    }

    @Test
    void aListenerThatWasClosedGivesUpItsConnectionsAlone() throws Exception {
        try (Rig rig = Rig.on(start(1))) {
            rig.client();
            rig.accept();
            rig.listener().close().get();
            GivenUpListener left = rig.listener().giveUp().get();
            assertThat(left.descriptor()).isEmpty();
            assertThat(left.connections()).hasSize(1);
        }
    }

    private static int write(SocketChannel channel, ByteBuffer bytes) {
        try {
            return channel.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long drained(SocketChannel channel) throws Exception {
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        long count = 0;
        for (int read = channel.read(bytes); read >= 0; read = channel.read(bytes.clear())) {
            count += read;
        }
        return count;
    }
}
