package dev.dormouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.proxy.kernel.ListeningDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How any data plane accepts, pauses, hands its listeners back and ends. */
@Timeout(30)
abstract class ListenerContract {
    private static final Executor NEW_THREAD =
            work -> Thread.ofPlatform().daemon().start(work);

    abstract DataPlane start(int loops);

    @Test
    void clientsOverTheMaximumWaitInTheKernel() throws Exception {
        try (Rig rig = Rig.on(start(2), 2)) {
            SocketChannel first = rig.client();
            SocketChannel firstServer = rig.accept();
            assertThat(rig.client().isConnected()).isTrue();
            assertThat(rig.accept().isConnected()).isTrue();
            List<SocketChannel> waiting = new ArrayList<>();
            for (int count = 0; count < 20; count++) {
                waiting.add(rig.client());
                Rig.send(waiting.getLast(), "x");
            }
            assertThat(rig.listener().connections()).isEqualTo(2);

            first.close();
            firstServer.close();
            for (int count = 0; count < 20; count++) {
                SocketChannel server = rig.accept();
                assertThat(rig.listener().connections()).isLessThanOrEqualTo(2);
                assertThat(Rig.receive(server, 1)).isEqualTo("x");
                server.close();
                waiting.get(count).close();
            }
        }
    }

    @Test
    void clientsThatComeDuringAPauseAreServedAfterIt() throws Exception {
        try (Rig rig = Rig.on(start(2))) {
            for (int round = 0; round < 20; round++) {
                rig.listener().pause().join();
                List<SocketChannel> clients = new ArrayList<>();
                for (int count = 0; count < 20; count++) {
                    clients.add(rig.client());
                }
                assertThat(rig.listener().connections()).isZero();
                rig.listener().resume();
                for (int count = 0; count < 20; count++) {
                    rig.accept().close();
                }
                for (SocketChannel client : clients) {
                    client.close();
                }
                Rig.await("all have ended", () -> rig.listener().connections() == 0);
            }
        }
    }

    @Test
    void noneIsLostWhilePausesAndResumesRace() throws Exception {
        int count = 600;
        try (Rig rig = Rig.on(start(2))) {
            CompletableFuture<Void> server = CompletableFuture.runAsync(() -> echo(rig, count), NEW_THREAD);
            CompletableFuture<Void> clients = CompletableFuture.runAsync(() -> ask(rig.front(), count), NEW_THREAD);
            while (!clients.isDone()) {
                rig.listener().pause().join();
                rig.listener().resume();
            }
            clients.join();
            server.join();
            Rig.await("all have ended", () -> rig.listener().connections() == 0);
        }
    }

    @Test
    void noneIsLostWhileTheListenerIsHandedToAndFro() throws Exception {
        int count = 600;
        ListeningDescriptor front = ListeningDescriptor.onLoopback();
        try (ServerSocketChannel server = Rig.serverOnLoopback();
                DataPlane one = start(2);
                DataPlane other = start(2)) {
            Backend backend = Rig.fixed(server.getLocalAddress());
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> echo(server, count), NEW_THREAD);
            CompletableFuture<Void> clients = CompletableFuture.runAsync(() -> ask(front, count), NEW_THREAD);
            for (int turn = 0; !clients.isDone(); turn++) {
                DataPlane plane = turn % 2 == 0 ? one : other;
                // The first has connections left when it gives the listener back: they go on.
                plane.listen(front.duplicate(), Reception.plain(100), backend)
                        .close()
                        .join();
            }
            clients.join();
            served.join();
        } finally {
            ListeningDescriptor.close(front.number());
        }
    }

    @Test
    void aClosedListenerStaysWithWhoElseHasIt() throws Exception {
        ListeningDescriptor front = ListeningDescriptor.onLoopback();
        int kept = front.duplicate();
        try (Rig rig = Rig.between(start(2), front, Rig.serverOnLoopback())) {
            SocketChannel before = rig.client();
            SocketChannel beforeServer = rig.accept();

            rig.listener().close().join();
            rig.listener().close().join();
            rig.listener().resume();

            SocketChannel after = rig.client();
            Rig.send(after, "waits in the kernel");
            Rig.send(before, "goes on");
            assertThat(Rig.receive(beforeServer, 7)).isEqualTo("goes on");
            assertThat(rig.listener().connections()).isEqualTo(1);
            try (DataPlane next = start(1)) {
                next.listen(kept, Reception.plain(10), Rig.fixed(rig.server().getLocalAddress()));
                assertThat(Rig.receive(rig.accept(), 19)).isEqualTo("waits in the kernel");
            }
        }
    }

    @Test
    void abortBreaksOffTheConnectionsOfThatListenerAlone() throws Exception {
        CompletableFuture<SocketAddress> never = new CompletableFuture<>();
        try (DataPlane plane = start(2);
                Rig rig = Rig.on(plane);
                Rig held = Rig.with(plane, Rig.serverOnLoopback(), _ -> never);
                Rig other = Rig.on(plane)) {
            SocketChannel client = rig.client();
            SocketChannel server = rig.accept();
            SocketChannel heldClient = held.client();
            SocketChannel otherClient = other.client();
            SocketChannel otherServer = other.accept();
            Rig.await("it is held", () -> held.listener().connections() == 1);

            rig.listener().abort();
            held.listener().abort();

            assertThatThrownBy(() -> Rig.receiveAll(client)).hasMessageContaining("reset");
            assertThatThrownBy(() -> Rig.receiveAll(server)).hasMessageContaining("reset");
            assertThatThrownBy(() -> Rig.receiveAll(heldClient)).hasMessageContaining("reset");
            Rig.send(otherClient, "fine");
            assertThat(Rig.receive(otherServer, 4)).isEqualTo("fine");
            Rig.await("they have ended", () -> rig.listener().connections() == 0);
            Rig.await("the held one has ended", () -> held.listener().connections() == 0);
        }
    }

    @Test
    void activityIsWhenClientsComeAndGo() throws Exception {
        long start = System.nanoTime();
        try (Rig rig = Rig.on(start(1))) {
            long began = rig.listener().lastActivityNanos();
            assertThat(began - start).isPositive();
            SocketChannel client = rig.client();
            SocketChannel server = rig.accept();
            long came = rig.listener().lastActivityNanos();
            assertThat(came - began).isPositive();
            client.close();
            server.close();
            Rig.await("it has ended", () -> rig.listener().connections() == 0);
            assertThat(rig.listener().lastActivityNanos() - came).isPositive();
        }
    }

    @Test
    void closingTheDataPlaneEndsEverything() throws Exception {
        ListeningDescriptor front = ListeningDescriptor.onLoopback();
        DataPlane plane = start(2);
        try (Rig rig = Rig.between(plane, front, Rig.serverOnLoopback())) {
            SocketChannel client = rig.client();
            SocketChannel server = rig.accept();

            plane.close();
            plane.close();

            assertThatThrownBy(() -> Rig.receiveAll(client)).hasMessageContaining("reset");
            assertThatThrownBy(() -> Rig.receiveAll(server)).hasMessageContaining("reset");
            assertThatThrownBy(rig::client).hasMessageContaining("refused");
            assertThat(rig.listener().connections()).isZero();
            assertThat(rig.listener().pause()).isCompleted();
            assertThat(rig.listener().close()).isCompleted();
            rig.listener().resume();
            rig.listener().abort();
            int late = ListeningDescriptor.onLoopback().number();
            assertThatThrownBy(() -> plane.listen(late, Reception.plain(1), Rig.fixed(front.address())))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the data plane is closed");
            ListeningDescriptor.close(late);
        }
    }

    @Test
    void onlyListeningStreamSocketsAreTaken() {
        int datagram = ListeningDescriptor.notListening(false);
        int stream = ListeningDescriptor.notListening(true);
        try (DataPlane plane = start(1)) {
            Backend backend = _ -> new CompletableFuture<>();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> plane.listen(datagram, Reception.plain(1), backend))
                    .withMessage("descriptor " + datagram
                            + " is not a listening stream socket; use ListenStream= with Accept=no");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> plane.listen(stream, Reception.plain(1), backend))
                    .withMessage("descriptor " + stream
                            + " is not a listening stream socket; use ListenStream= with Accept=no");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> plane.listen(999_999, Reception.plain(1), backend))
                    .withMessage("descriptor 999999 is not a socket: Bad file descriptor");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> plane.listen(stream, Reception.plain(0), backend))
                    .withMessage("the maximum of connections must be at least 1: 0");
        }
        ListeningDescriptor.close(datagram);
        ListeningDescriptor.close(stream);
    }

    /** Answers each connection with the 8 bytes that it sends. */
    private static void echo(Rig rig, int count) {
        echo(rig.server(), count);
    }

    private static void echo(ServerSocketChannel server, int count) {
        try {
            for (int served = 0; served < count; served++) {
                try (SocketChannel connection = server.accept()) {
                    Rig.send(connection, Rig.receive(connection, 8));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void ask(ListeningDescriptor front, int count) {
        try {
            for (int asked = 0; asked < count; asked++) {
                try (SocketChannel client = SocketChannel.open(front.address())) {
                    String text = "%08d".formatted(asked);
                    Rig.send(client, text);
                    assertThat(Rig.receive(client, 8)).isEqualTo(text);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
