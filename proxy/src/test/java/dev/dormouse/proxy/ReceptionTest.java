package dev.dormouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.proxy.Doorkeeper.Departure;
import dev.dormouse.proxy.Doorkeeper.Verdict;
import dev.dormouse.proxy.kernel.ListeningDescriptor;
import dev.dormouse.proxy.loop.EpollDataPlane;
import dev.dormouse.units.service.ProxyProtocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReceptionTest {
    @TempDir
    private Path folder;

    private final List<Departure> departures = Collections.synchronizedList(new ArrayList<>());

    /** Lets in who says yes, and answers who says no. */
    private final Doorkeeper doorkeeper = _ -> new Doorkeeper.Visit() {
        @Override
        public Verdict look(ByteBuffer sent) {
            String text = StandardCharsets.US_ASCII.decode(sent.duplicate()).toString();
            if (text.startsWith("yes")) {
                return Verdict.ADMITTED;
            }
            return text.startsWith("no")
                    ? new Verdict.TurnedAway(StandardCharsets.US_ASCII.encode("go away"))
                    : Verdict.UNDECIDED;
        }

        @Override
        public void undecided(Departure why) {
            departures.add(why);
        }
    };

    @Test
    void aClientIsLetInWithAllThatItHasSaidHoweverSlowly() throws IOException {
        try (Rig rig = rig(new Reception(10, Optional.of(doorkeeper), Optional.empty(), Optional.empty()));
                SocketChannel client = rig.client()) {
            for (String letter : List.of("y", "e", "s", "!")) {
                Rig.send(client, letter);
            }
            try (SocketChannel server = rig.accept()) {
                assertThat(Rig.receive(server, 4)).isEqualTo("yes!");
                assertThat(rig.listener().connections()).isOne();
                Rig.send(server, "well");
            }
            assertThat(Rig.receiveAll(client)).isEqualTo("well");
        }
    }

    @Test
    void whoIsTurnedAwayHasTheAnswerAndCountsForNothing() throws IOException, InterruptedException {
        try (Rig rig = rig(new Reception(10, Optional.of(doorkeeper), Optional.empty(), Optional.empty()))) {
            long before = rig.listener().lastActivityNanos();
            try (SocketChannel client = rig.client()) {
                Rig.send(client, "no, and more that nobody reads");
                assertThat(Rig.receiveAll(client)).isEqualTo("go away");
            }
            assertThat(rig.listener().connections()).isZero();
            assertThat(rig.listener().traffic().accepted()).isZero();
            assertThat(rig.listener().lastActivityNanos()).isEqualTo(before);
        }
    }

    @Test
    void whoEndsTheStreamOrSaysTooMuchIsLetGo() throws IOException, InterruptedException {
        try (Rig rig = rig(new Reception(10, Optional.of(doorkeeper), Optional.empty(), Optional.empty()))) {
            try (SocketChannel client = rig.client()) {
                client.shutdownOutput();
                assertThat(Rig.receiveAll(client)).isEmpty();
            }
            Rig.await("a silent client", () -> departures.contains(Departure.SILENT));
            SocketChannel client = rig.client();
            Rig.send(client, "x".repeat(Doorkeeper.MOST_BYTES));
            Rig.await("an oversized one", () -> departures.contains(Departure.OVERSIZE));
        }
    }

    @Test
    void silentClientsMakeRoomForThoseThatSpeak() throws IOException {
        try (Rig rig = rig(new Reception(2, Optional.of(doorkeeper), Optional.empty(), Optional.empty()))) {
            for (int silent = 0; silent < 5; silent++) {
                rig.client();
            }
            SocketChannel client = rig.client();
            Rig.send(client, "yes");
            try (SocketChannel server = rig.accept()) {
                assertThat(Rig.receive(server, 3)).isEqualTo("yes");
            }
            assertThat(departures).contains(Departure.CROWDED);
        }
    }

    @Test
    void aPauseWaitsForWhoeverIsAtTheDoor() throws IOException {
        CompletableFuture<Void> atTheDoor = new CompletableFuture<>();
        Doorkeeper noting = source -> {
            atTheDoor.complete(null);
            return doorkeeper.arrived(source);
        };
        Reception reception = new Reception(10, Optional.of(noting), Optional.empty(), Optional.empty());
        DataPlane plane = EpollDataPlane.start(2);
        ServerSocketChannel back = Rig.serverOnLoopback();
        Backend backend = Rig.fixed(back.getLocalAddress());
        Listener other = plane.listen(ListeningDescriptor.onLoopback().number(), Reception.plain(1), backend);
        try (Rig rig = Rig.with(plane, back, reception, backend);
                SocketChannel client = rig.client()) {
            atTheDoor.join();
            CompletableFuture<Void> paused = rig.listener().pause();
            // The loops do what they are told in order: once this is done, each of them has paused.
            other.pause().join();
            assertThat(paused).isNotDone();
            Rig.send(client, "yes");
            paused.join();
            assertThat(rig.listener().connections()).isOne();
        }
    }

    @Test
    void aClientThatIsHeldForLongIsAnsweredAndItsBackendIsTold() throws IOException, InterruptedException {
        AtomicInteger putOff = new AtomicInteger();
        Backend backend = new Backend() {
            @Override
            public CompletableFuture<? extends SocketAddress> address(Optional<ConnectFailed> failed) {
                return new CompletableFuture<>();
            }

            @Override
            public void putOff() {
                putOff.incrementAndGet();
            }
        };
        WaitingRoom room = new WaitingRoom() {
            @Override
            public Duration patience() {
                return Duration.ofMillis(50);
            }

            @Override
            public Optional<ByteBuffer> answer(ByteBuffer sent) {
                return sent.remaining() < 2 ? Optional.empty() : Optional.of(StandardCharsets.US_ASCII.encode("later"));
            }
        };
        Reception reception = new Reception(10, Optional.empty(), Optional.of(room), Optional.empty());
        try (Rig rig = Rig.with(EpollDataPlane.start(2), Rig.serverOnLoopback(), reception, backend)) {
            SocketChannel client = rig.client();
            Rig.send(client, "a");
            SocketChannel other = rig.client();
            Rig.send(other, "ab");
            assertThat(Rig.receiveAll(other)).isEqualTo("later");
            Rig.send(client, "b");
            assertThat(Rig.receiveAll(client)).isEqualTo("later");
            assertThat(putOff).hasValue(2);
            client.close();
            other.close();
            Rig.await("both to be gone", () -> rig.listener().connections() == 0);
        }
    }

    @Test
    void theBackendIsToldWhoItsClientIsBeforeAnythingElse() throws IOException {
        Reception reception = new Reception(10, Optional.empty(), Optional.empty(), Optional.of(ProxyProtocol.V1));
        try (Rig rig = rig(reception);
                SocketChannel client = SocketChannel.open()) {
            client.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.7"), 0));
            client.connect(rig.front().address());
            int port = ((InetSocketAddress) client.getLocalAddress()).getPort();
            int front = ((InetSocketAddress) client.getRemoteAddress()).getPort();
            Rig.send(client, "hello");
            String header = "PROXY TCP4 127.0.0.7 127.0.0.1 " + port + " " + front + "\r\n";
            try (SocketChannel server = rig.accept()) {
                assertThat(Rig.receive(server, header.length() + 5)).isEqualTo(header + "hello");
            }
            assertThat(rig.listener().traffic().fromClients())
                    .as("of the client alone")
                    .isEqualTo(5);
        }
    }

    @Test
    void whoWasResetBeforeItWasAcceptedReachesNoBackend() throws IOException {
        Reception reception = new Reception(10, Optional.empty(), Optional.empty(), Optional.of(ProxyProtocol.V1));
        // A unix socket is connected at once, before anything could tell of the reset.
        ServerSocketChannel back = Rig.serverOnUnix(folder.resolve("back"));
        try (Rig rig = Rig.with(EpollDataPlane.start(1), back, reception, Rig.fixed(back.getLocalAddress()))) {
            rig.listener().pause().join();
            Rig.reset(rig.client());
            rig.client();
            rig.listener().resume();
            try (SocketChannel server = rig.accept()) {
                assertThat(Rig.receive(server, 11)).isEqualTo("PROXY TCP4 ");
            }
        }
    }

    private static Rig rig(Reception reception) throws IOException {
        ServerSocketChannel server = Rig.serverOnLoopback();
        return Rig.with(EpollDataPlane.start(2), server, reception, Rig.fixed(server.getLocalAddress()));
    }
}
