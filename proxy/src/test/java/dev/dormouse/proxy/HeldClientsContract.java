package dev.dormouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.proxy.Backend.ConnectFailed;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How any data plane holds clients until their backend has told an address that takes them. */
@Timeout(30)
abstract class HeldClientsContract {
    abstract DataPlane start(int loops);

    /** A backend whose answers the test gives. */
    private static final class Asked implements Backend {
        private record Question(Optional<ConnectFailed> failed, CompletableFuture<SocketAddress> answer) {}

        private final BlockingQueue<Question> questions = new LinkedBlockingQueue<>();

        @Override
        public CompletableFuture<SocketAddress> address(Optional<ConnectFailed> failed) {
            Question question = new Question(failed, new CompletableFuture<>());
            questions.add(question);
            return question.answer();
        }

        Question next() throws InterruptedException {
            return questions.take();
        }
    }

    @Test
    void aClientIsHeldUntilTheAddressIsKnown() throws Exception {
        Asked backend = new Asked();
        try (Rig rig = Rig.with(start(1), Rig.serverOnLoopback(), backend)) {
            SocketChannel client = rig.client();
            Rig.send(client, "early");
            Asked.Question question = backend.next();
            assertThat(question.failed()).isEmpty();
            assertThat(rig.listener().connections()).isEqualTo(1);

            question.answer().complete(rig.server().getLocalAddress());

            assertThat(Rig.receive(rig.accept(), 5)).isEqualTo("early");
        }
    }

    @Test
    void manyWaitForOneFutureWithoutHinderingOthers() throws Exception {
        CompletableFuture<SocketAddress> one = new CompletableFuture<>();
        try (Rig rig = Rig.with(start(2), Rig.serverOnLoopback(), _ -> one)) {
            List<SocketChannel> clients = new ArrayList<>();
            for (int count = 0; count < 300; count++) {
                clients.add(rig.client());
                Rig.send(clients.getLast(), "x");
            }
            Rig.await("all are held", () -> rig.listener().connections() == 300);

            one.complete(rig.server().getLocalAddress());

            for (int count = 0; count < 300; count++) {
                SocketChannel server = rig.accept();
                Rig.send(server, Rig.receive(server, 1));
            }
            for (SocketChannel client : clients) {
                assertThat(Rig.receive(client, 1)).isEqualTo("x");
            }
        }
    }

    @Test
    void aFailedConnectIsToldAndTheNextAddressTried() throws Exception {
        Asked backend = new Asked();
        SocketAddress closed = closedPort();
        try (Rig rig = Rig.with(start(1), Rig.serverOnLoopback(), backend)) {
            Rig.send(rig.client(), "patient");
            backend.next().answer().complete(closed);
            for (int failures = 1; failures <= 3; failures++) {
                Asked.Question again = backend.next();
                ConnectFailed failed = again.failed().orElseThrow();
                assertThat(failed.address()).isSameAs(closed);
                assertThat(failed.words()).isEqualTo("Connection refused");
                assertThat(failed.failures()).isEqualTo(failures);
                assertThat(failed.held()).isBetween(Duration.ofNanos(1), Duration.ofSeconds(30));
                again.answer().complete(failures < 3 ? closed : rig.server().getLocalAddress());
            }
            assertThat(Rig.receive(rig.accept(), 7)).isEqualTo("patient");
        }
    }

    @Test
    void aBackendThatAnswersAtOnceInVainKeepsNoOneElseWaiting() throws Exception {
        SocketAddress closed = closedPort();
        try (DataPlane plane = start(1);
                Rig vain = Rig.with(plane, Rig.serverOnLoopback(), Rig.fixed(closed))) {
            assertThat(vain.client().isConnected()).isTrue();
            Rig.await("the client is held", () -> vain.listener().connections() == 1);
            try (Rig other = Rig.on(plane)) {
                SocketChannel client = other.client();
                Rig.send(client, "hello");
                assertThat(Rig.receive(other.accept(), 5)).isEqualTo("hello");
            }
        }
    }

    @Test
    void aClientThatNoAddressIsKnownForIsClosed() throws Exception {
        Asked backend = new Asked();
        try (Rig rig = Rig.with(start(1), Rig.serverOnLoopback(), backend)) {
            SocketChannel client = rig.client();
            backend.next().answer().completeExceptionally(new IOException("it will not start"));
            assertThat(Rig.receiveAll(client)).isEmpty();
            Rig.await("it has ended", () -> rig.listener().connections() == 0);
        }
    }

    @Test
    void aBackendThatThrowsLosesThatClientOnly() throws Exception {
        ServerSocketChannel server = Rig.serverOnLoopback();
        SocketAddress address = server.getLocalAddress();
        List<Optional<ConnectFailed>> questions = new ArrayList<>();
        Backend backend = failed -> {
            questions.add(failed);
            return switch (questions.size()) {
                case 1 -> throw new IllegalStateException("thrown on purpose by a test");
                case 2 -> CompletableFuture.completedFuture(InetSocketAddress.createUnresolved("nowhere.invalid", 80));
                default -> CompletableFuture.completedFuture(address);
            };
        };
        try (Rig rig = Rig.with(start(1), server, backend)) {
            for (int wrong = 0; wrong < 2; wrong++) {
                SocketChannel client = rig.client();
                assertThatThrownBy(() -> Rig.receiveAll(client)).hasMessageContaining("reset");
            }
            Rig.send(rig.client(), "third");
            assertThat(Rig.receive(rig.accept(), 5)).isEqualTo("third");
        }
    }

    @Test
    void aHeldClientThatGoesIsLetGo() throws Exception {
        Asked backend = new Asked();
        try (Rig rig = Rig.with(start(1), Rig.serverOnLoopback(), backend)) {
            rig.client().close();
            Asked.Question ofClosed = backend.next();
            Rig.await("the closed one is let go", () -> rig.listener().connections() == 0);
            SocketChannel resets = rig.client();
            Rig.send(resets, "bytes that make no difference");
            Asked.Question ofReset = backend.next();
            Rig.reset(resets);
            Rig.await("the reset one is let go", () -> rig.listener().connections() == 0);

            // Answers that come too late do no harm.
            ofClosed.answer().complete(rig.server().getLocalAddress());
            ofReset.answer().complete(rig.server().getLocalAddress());
            Rig.send(rig.client(), "next");
            backend.next().answer().complete(rig.server().getLocalAddress());
            assertThat(Rig.receive(rig.accept(), 4)).isEqualTo("next");
        }
    }

    @Test
    void aHeldClientThatAskedAndEndedItsStreamIsServed() throws Exception {
        Asked backend = new Asked();
        try (Rig rig = Rig.with(start(1), Rig.serverOnLoopback(), backend)) {
            SocketChannel client = rig.client();
            Rig.send(client, "q");
            client.shutdownOutput();
            Asked.Question question = backend.next();
            SocketChannel marker = rig.client();
            backend.next().answer().completeExceptionally(new IOException("only to see that the loop went on"));
            assertThat(Rig.receiveAll(marker)).isEmpty();
            Rig.await("only the first is left", () -> rig.listener().connections() == 1);

            question.answer().complete(rig.server().getLocalAddress());

            SocketChannel server = rig.accept();
            assertThat(Rig.receiveAll(server)).isEqualTo("q");
            Rig.send(server, "a");
            server.close();
            assertThat(Rig.receiveAll(client)).isEqualTo("a");
        }
    }

    private static SocketAddress closedPort() throws IOException {
        try (ServerSocketChannel server = Rig.serverOnLoopback()) {
            return server.getLocalAddress();
        }
    }
}
