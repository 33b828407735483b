package dev.dormouse.proxy.datagram;

import static dev.dormouse.proxy.datagram.UdpRig.await;
import static dev.dormouse.proxy.datagram.UdpRig.lasting;
import static dev.dormouse.proxy.datagram.UdpRig.receive;
import static dev.dormouse.proxy.datagram.UdpRig.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.dormouse.proxy.DatagramReception;
import dev.dormouse.proxy.Doorkeeper;
import dev.dormouse.proxy.GivenUpListener;
import dev.dormouse.proxy.HeldBounds;
import dev.dormouse.proxy.Listener;
import dev.dormouse.proxy.Loss;
import dev.dormouse.proxy.Reception;
import dev.dormouse.proxy.kernel.ListeningDescriptor;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MixedDataPlaneTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(50);

    @Test
    void eachClientHasItsOwnSessionAndItsOwnAnswers() throws Exception {
        try (UdpRig rig = UdpRig.awake("127.0.0.1", lasting(LONG))) {
            DatagramSocket one = rig.client();
            DatagramSocket other = rig.client();
            rig.ask(one, "one");
            SocketAddress first = rig.echo();
            rig.ask(other, "other");
            SocketAddress second = rig.echo();
            assertThat(text(receive(other))).isEqualTo("other");
            assertThat(text(receive(one))).isEqualTo("one");
            assertThat(first).isNotEqualTo(second);

            rig.ask(one, "again");
            assertThat(rig.echo()).as("the same session").isEqualTo(first);
            assertThat(text(receive(one))).isEqualTo("again");
            assertThat(rig.listener().connections()).isEqualTo(2);
            await("all is counted", () -> rig.listener().traffic().toClients() == 13);
            assertThat(rig.listener().traffic().accepted()).isEqualTo(2);
            assertThat(rig.listener().traffic().fromClients()).isEqualTo(13);
            assertThat(rig.listener().losses()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0, 127.0.0.7", "::, 127.0.0.8", "::, ::1", "127.0.0.1, 127.0.0.1", "::1, ::1"})
    void theAnswerComesFromTheAddressThatWasAsked(String bound, String asked) throws Exception {
        try (UdpRig rig = UdpRig.awake(bound, lasting(LONG));
                DatagramSocket client = new DatagramSocket()) {
            client.setSoTimeout(20_000);
            // Connected: an answer of another address would not arrive.
            client.connect(new InetSocketAddress(
                    InetAddress.ofLiteral(asked), rig.front().port()));
            client.send(new DatagramPacket(new byte[] {'?'}, 1));
            rig.echo();
            DatagramPacket answer = receive(client);
            assertThat(text(answer)).isEqualTo("?");
            assertThat(answer.getAddress()).isEqualTo(InetAddress.ofLiteral(asked));
        }
    }

    @Test
    void oneClientThatAsksTwoAddressesHasTwoSessions() throws Exception {
        try (UdpRig rig = UdpRig.awake("0.0.0.0", lasting(LONG))) {
            DatagramSocket client = rig.client();
            rig.ask(client, "127.0.0.1", new byte[] {1});
            rig.ask(client, "127.0.0.2", new byte[] {2});
            assertThat(rig.echo()).isNotEqualTo(rig.echo());
            assertThat(Arrays.asList(
                            receive(client).getAddress(), receive(client).getAddress()))
                    .containsExactlyInAnyOrder(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("127.0.0.2"));
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "1472", "1473", "65507"})
    void datagramsOfAnySizePassWhole(int size) throws Exception {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        try (UdpRig rig = UdpRig.awake("127.0.0.1", lasting(LONG))) {
            DatagramSocket client = rig.client();
            rig.ask(client, "127.0.0.1", content);
            rig.echo();
            DatagramPacket answer = receive(client);
            assertThat(Arrays.copyOf(answer.getData(), answer.getLength())).isEqualTo(content);
        }
    }

    @Test
    void whatComesDuringTheWakeIsHeldAndArrivesInOrder() throws Exception {
        UdpRig.Answers answers = new UdpRig.Answers();
        try (UdpRig rig = new UdpRig("127.0.0.1", lasting(SHORT), answers)) {
            DatagramSocket client = rig.client();
            for (int number = 0; number < 50; number++) {
                rig.ask(client, "number " + number);
            }
            rig.ask(client, "127.0.0.1", new byte[UdpRig.LARGEST]);
            await("the wake", () -> answers.count() == 1);
            assertThat(rig.listener().connections()).isEqualTo(1);
            answers.awake(rig.serverAddress());
            for (int number = 0; number < 50; number++) {
                assertThat(text(receive(rig.server()))).isEqualTo("number " + number);
            }
            DatagramPacket last = receive(rig.server());
            assertThat(last.getLength()).isEqualTo(UdpRig.LARGEST);
            assertThat(answers.count()).as("asked once").isEqualTo(1);
            rig.server().send(last);
            receive(client);
            assertThat(answers.answeredCount()).isEqualTo(1);
        }
    }

    @Test
    void whatIsHeldIsBoundedByNumberAndCounted() throws Exception {
        UdpRig.Answers answers = new UdpRig.Answers();
        DatagramReception two = new DatagramReception(10, LONG, Optional.empty(), new HeldBounds(2, 1 << 16));
        try (UdpRig rig = new UdpRig("127.0.0.1", two, answers)) {
            for (String text : new String[] {"a", "b", "c", "d"}) {
                rig.ask(rig.client(), text);
            }
            await("two are dropped", () -> rig.listener().losses().getOrDefault(Loss.HELD_OVER, 0L) == 2);
            answers.awake(rig.serverAddress());
            assertThat(text(receive(rig.server())) + text(receive(rig.server())))
                    .isEqualTo("ab");
            rig.ask(rig.client(), "e");
            assertThat(text(receive(rig.server()))).as("room again").isEqualTo("e");
        }
    }

    @Test
    void whatIsHeldIsBoundedByBytesOfAllSocketsTogether() throws Exception {
        UdpRig.Answers answers = new UdpRig.Answers();
        HeldBounds shared = new HeldBounds(100, 1 << 16);
        DatagramReception reception = new DatagramReception(10, LONG, Optional.empty(), shared);
        assertThat(shared.take(1 << 15)).isTrue();
        try (UdpRig rig = new UdpRig("127.0.0.1", reception, answers)) {
            rig.ask(rig.client(), "127.0.0.1", new byte[40_000]);
            await("it is dropped", () -> rig.listener().losses().getOrDefault(Loss.HELD_OVER, 0L) == 1);
            shared.release(1 << 15);
            rig.ask(rig.client(), "127.0.0.1", new byte[40_000]);
            answers.awake(rig.serverAddress());
            assertThat(receive(rig.server()).getLength()).isEqualTo(40_000);
        }
    }

    @Test
    void aWakeThatFailsDropsWhatItHeldAndTheNextDatagramAsksAgain() throws Exception {
        UdpRig.Answers answers = new UdpRig.Answers();
        try (UdpRig rig = new UdpRig("127.0.0.1", lasting(LONG), answers)) {
            DatagramSocket client = rig.client();
            rig.ask(client, "lost");
            await("the wake", () -> answers.count() == 1);
            answers.failed();
            await("the session has ended", () -> rig.listener().connections() == 0);
            assertThat(rig.listener().losses()).containsEntry(Loss.UNSERVED, 1L);
            answers.awake(rig.serverAddress());
            rig.ask(client, "served");
            rig.echo();
            assertThat(text(receive(client))).isEqualTo("served");
        }
    }

    @Test
    void aSessionEndsWhenNothingPassesAnyMore() throws Exception {
        try (UdpRig rig = UdpRig.awake("127.0.0.1", lasting(SHORT))) {
            long before = System.nanoTime();
            rig.ask(rig.client(), "one");
            rig.ask(rig.client(), "two");
            rig.echo();
            await(
                    "it has ended",
                    () -> rig.listener().traffic().accepted() == 2
                            && rig.listener().connections() == 0);
            assertThat(rig.listener().lastActivityNanos() - before).isGreaterThanOrEqualTo(SHORT.toNanos());
            rig.ask(rig.client(), "three");
            await(
                    "another has ended",
                    () -> rig.listener().traffic().accepted() == 3
                            && rig.listener().connections() == 0);
        }
    }

    @Test
    void aNewClientTakesThePlaceOfTheLongestSilent() throws Exception {
        DatagramReception two = new DatagramReception(2, LONG, Optional.empty(), HeldBounds.standard());
        try (UdpRig rig = UdpRig.awake("127.0.0.1", two)) {
            DatagramSocket busy = rig.client();
            DatagramSocket silent = rig.client();
            rig.ask(busy, "1");
            SocketAddress busySession = rig.echo();
            rig.ask(silent, "2");
            rig.echo();
            rig.ask(busy, "3");
            rig.echo();
            rig.ask(rig.client(), "4");
            rig.echo();
            assertThat(rig.listener().connections()).isEqualTo(2);
            rig.ask(busy, "5");
            assertThat(rig.echo()).as("is still there").isEqualTo(busySession);
        }
    }

    @Test
    void whereAllWaitANewClientsDatagramIsDropped() throws Exception {
        UdpRig.Answers answers = new UdpRig.Answers();
        DatagramReception one = new DatagramReception(1, LONG, Optional.empty(), HeldBounds.standard());
        try (UdpRig rig = new UdpRig("127.0.0.1", one, answers)) {
            rig.ask(rig.client(), "first");
            await("it waits", () -> answers.count() == 1);
            rig.ask(rig.client(), "second");
            await("it is dropped", () -> rig.listener().losses().getOrDefault(Loss.CROWDED, 0L) == 1);
            answers.awake(rig.serverAddress());
            assertThat(text(receive(rig.server()))).isEqualTo("first");
        }
    }

    @Test
    void aBackendThatRefusesIsCountedAndAskedAgain() throws Exception {
        UdpRig.Answers answers = new UdpRig.Answers();
        try (UdpRig rig = new UdpRig("127.0.0.1", lasting(LONG), answers)) {
            SocketAddress nobody;
            try (DatagramSocket gone = rig.client()) {
                nobody = gone.getLocalSocketAddress();
            }
            answers.awake(nobody);
            DatagramSocket client = rig.client();
            rig.ask(client, "nobody is there");
            await("the refusal", () -> rig.listener().losses().getOrDefault(Loss.REFUSED, 0L) == 1);
            assertThat(rig.listener().connections()).isEqualTo(1);
            answers.asleep();
            rig.ask(client, "held");
            await("the backend is asked", () -> answers.count() == 2);
            answers.awake(rig.serverAddress());
            rig.echo();
            assertThat(text(receive(client))).isEqualTo("held");
            assertThat(rig.listener().traffic().accepted()).isEqualTo(1);
        }
    }

    @Test
    void whoIsNotLetInWakesNothing() throws Exception {
        UdpRig.Answers answers = new UdpRig.Answers();
        InetAddress friend = InetAddress.ofLiteral("127.0.0.9");
        Doorkeeper door = source -> new Doorkeeper.Visit() {
            @Override
            public Doorkeeper.Verdict look(ByteBuffer sent) {
                return source.equals(Optional.of(friend))
                        ? Doorkeeper.Verdict.ADMITTED
                        : new Doorkeeper.Verdict.TurnedAway(ByteBuffer.allocate(0));
            }

            @Override
            public void undecided(Doorkeeper.Departure why) {}
        };
        DatagramReception guarded = new DatagramReception(9, LONG, Optional.of(door), HeldBounds.standard());
        try (UdpRig rig = new UdpRig("::", guarded, answers);
                DatagramSocket known = new DatagramSocket(new InetSocketAddress(friend, 0))) {
            rig.ask(rig.client(), "stranger");
            rig.ask(known, "friend");
            await("somebody wakes it", () -> answers.count() == 1);
            answers.awake(rig.serverAddress());
            assertThat(text(receive(rig.server()))).isEqualTo("friend");
            assertThat(rig.listener().traffic().accepted()).isEqualTo(1);
        }
    }

    @Test
    void whilePausedDatagramsWaitInTheKernelAndSessionsEnd() throws Exception {
        try (UdpRig rig = UdpRig.awake("127.0.0.1", lasting(LONG))) {
            DatagramSocket client = rig.client();
            rig.ask(client, "before");
            DatagramPacket request = receive(rig.server());
            rig.listener().pause().join();
            rig.ask(client, "meanwhile");
            rig.server().send(request);
            assertThat(text(receive(client))).as("an answer under way").isEqualTo("before");
            await("the session ends", () -> rig.listener().connections() == 0);
            rig.listener().resume();
            rig.echo();
            assertThat(text(receive(client))).isEqualTo("meanwhile");
        }
    }

    @Test
    void whoeverHasTheSocketNextGoesOn() throws Exception {
        UdpRig.Answers answers = new UdpRig.Answers();
        try (UdpRig rig = new UdpRig("127.0.0.1", lasting(LONG), answers)) {
            DatagramSocket client = rig.client();
            rig.ask(client, "held");
            await("the wake", () -> answers.count() == 1);
            GivenUpListener given = rig.listener().giveUp().join();
            assertThat(given.connections()).isEmpty();
            assertThat(rig.listener().losses()).containsEntry(Loss.UNSERVED, 1L);
            assertThat(rig.listener().takesUp()).isFalse();
            rig.ask(client, "kept in the kernel");
            answers.awake(rig.serverAddress());
            Listener next =
                    rig.plane().listen(given.descriptor().orElseThrow(), Reception.plain(1), lasting(LONG), answers);
            rig.echo();
            assertThat(text(receive(client))).isEqualTo("kept in the kernel");
            next.close().join();
            assertThat(next.connections()).isZero();
        }
    }

    @Test
    void abortEndsTheSessionsAndNotTheSocket() throws Exception {
        try (UdpRig rig = UdpRig.awake("127.0.0.1", lasting(LONG))) {
            DatagramSocket client = rig.client();
            rig.ask(client, "1");
            SocketAddress first = rig.echo();
            rig.listener().abort();
            await("no session", () -> rig.listener().connections() == 0);
            rig.ask(client, "2");
            assertThat(rig.echo()).isNotEqualTo(first);
        }
    }

    @Test
    void streamsAreServedAsEver() throws IOException {
        try (UdpRig rig = UdpRig.awake("127.0.0.1", lasting(LONG))) {
            Listener stream = rig.plane()
                    .listen(
                            ListeningDescriptor.onLoopback().duplicate(),
                            Reception.plain(1),
                            lasting(LONG),
                            new UdpRig.Answers());
            assertThat(stream.takesUp()).isTrue();
            assertThat(stream.losses()).isEmpty();
            int unbound = ListeningDescriptor.notListening(false);
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> rig.plane().listen(unbound, Reception.plain(1), lasting(LONG), new UdpRig.Answers()))
                    .withMessageContaining("without a port");
            ListeningDescriptor.close(unbound);
        }
    }
}
