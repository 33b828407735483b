package dev.dormouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What any data plane tells of what it moves. */
@Timeout(30)
abstract class TrafficContract {
    abstract DataPlane start(int loops);

    /** Holds its clients until the test gives it an address, and counts the answers it is told of. */
    private static final class Holding implements Backend {
        private final CompletableFuture<SocketAddress> address = new CompletableFuture<>();
        private final AtomicInteger answers = new AtomicInteger();

        @Override
        public CompletableFuture<SocketAddress> address(Optional<ConnectFailed> failed) {
            return address;
        }

        @Override
        public void answered() {
            answers.incrementAndGet();
        }
    }

    @Test
    void theFirstByteOfAnAnswerToAHeldClientIsToldOnce() throws Exception {
        Holding backend = new Holding();
        try (Rig rig = Rig.with(start(1), Rig.serverOnLoopback(), backend)) {
            SocketChannel client = rig.client();
            Rig.send(client, "question");
            Rig.await("it is held", () -> rig.listener().connections() == 1);
            backend.address.complete(rig.server().getLocalAddress());
            SocketChannel server = rig.accept();
            Rig.receive(server, 8);
            assertThat(backend.answers).as("nothing was answered yet").hasValue(0);

            Rig.send(server, "a");
            Rig.receive(client, 1);
            Rig.await("the first byte is told", () -> backend.answers.get() == 1);
            Rig.send(server, "nswer");
            Rig.receive(client, 5);

            SocketChannel later = rig.client();
            Rig.send(later, "q");
            SocketChannel laterServer = rig.accept();
            Rig.send(laterServer, "a");
            Rig.receive(later, 1);
            assertThat(backend.answers)
                    .as("whoever was not held is not told of")
                    .hasValue(1);
        }
    }

    @Test
    void clientsAndBytesAreCountedWhileTheConnectionGoesOn() throws Exception {
        try (Rig rig = Rig.on(start(2))) {
            assertThat(rig.listener().traffic()).isEqualTo(Traffic.NONE);
            SocketChannel client = rig.client();
            Rig.send(client, "12345");
            SocketChannel server = rig.accept();
            Rig.receive(server, 5);
            Rig.send(server, "1234567");
            Rig.receive(client, 7);

            Rig.await("all is counted", () -> rig.listener().traffic().equals(new Traffic(1, 5, 7)));
        }
    }
}
