package dev.dormouse.activator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.activator.config.Folders;
import dev.dormouse.activator.handoff.HandoffMessage;
import dev.dormouse.activator.service.FakeListener;
import dev.dormouse.activator.service.FakeSystemd;
import dev.dormouse.activator.service.ManualAgenda;
import dev.dormouse.activator.service.ServiceSnapshot;
import dev.dormouse.activator.service.Settings;
import dev.dormouse.activator.service.Surroundings;
import dev.dormouse.activator.succession.Legacy;
import dev.dormouse.activator.tally.Tally;
import dev.dormouse.proxy.Backend;
import dev.dormouse.proxy.CarriedConnection;
import dev.dormouse.proxy.DataPlane;
import dev.dormouse.proxy.Listener;
import dev.dormouse.proxy.Reception;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActivatorTest {
    private static final Duration DRAIN = Duration.ofSeconds(10);
    private static final int NOT_LISTENING = 99;
    private static final int SENDER = 42;

    @TempDir
    private static Path folder;

    private final List<Integer> maxima = new ArrayList<>();
    private final ManualAgenda agenda = new ManualAgenda();
    private final Map<Integer, FakeListener> listeners = new TreeMap<>();
    private final List<Integer> closed = new ArrayList<>();
    private final List<Integer> counts = new ArrayList<>();
    private final Activator activator = new Activator(
            new Surroundings(
                    agenda,
                    Runnable::run,
                    (_, _) -> {},
                    new Folders(folder, folder, folder)::service,
                    new FakeSystemd(),
                    new Settings(Duration.ZERO, DRAIN, 7),
                    _ -> {},
                    new Tally()),
            new FakeDataPlane(),
            closed::add,
            counts::add);

    /** Hands out fake listeners. */
    private final class FakeDataPlane implements DataPlane {
        @Override
        public Listener listen(int descriptor, Reception reception, Backend backend) {
            if (descriptor == NOT_LISTENING) {
                throw new IllegalArgumentException("descriptor 99 is not a listening stream socket");
            }
            maxima.add(reception.connectionsMaximum());
            FakeListener listener = new FakeListener(agenda);
            listeners.put(descriptor, listener);
            return listener;
        }

        @Override
        public void close() {}
    }

    @Test
    void aHandOverListensOnEverySocketAtOnce() {
        handle(new HandoffMessage.HandOver("nginx", List.of(7, 8)));

        assertThat(listeners).containsOnlyKeys(7, 8);
        assertThat(activator.snapshots()).extracting(ServiceSnapshot::name).containsExactly("nginx");
        assertThat(counts).containsExactly(1);
    }

    @Test
    void aServiceMayHaveAMaximumOfConnectionsOfItsOwn() throws IOException {
        Files.writeString(folder.resolve("small.json"), """
                {"schema": 1, "name": "small", "listen": ["1"], "port": 80, "idle": "10m", "ready": "listening",
                 "deadline": "20s", "connectionsMax": 2}
                """);

        handle(new HandoffMessage.HandOver("small", List.of(7)));
        handle(new HandoffMessage.HandOver("nginx", List.of(8)));

        assertThat(maxima).containsExactly(2, 7);
    }

    @Test
    void whatDoesNotListenIsClosedAndTheRestServed() {
        handle(new HandoffMessage.HandOver("nginx", List.of(NOT_LISTENING, 8)));
        assertThat(listeners).containsOnlyKeys(8);

        handle(new HandoffMessage.HandOver("redis", List.of(NOT_LISTENING)));
        assertThat(closed).containsExactly(NOT_LISTENING, NOT_LISTENING);
        assertThat(activator.snapshots()).extracting(ServiceSnapshot::name).containsExactly("nginx");
    }

    @Test
    void theBarrierIsClosedWhenTheSocketsAre() {
        handle(new HandoffMessage.HandOver("nginx", List.of(7)));
        listener(7).come();
        handle(new HandoffMessage.TakeBack("nginx", SENDER));
        handle(new HandoffMessage.Barrier(20, SENDER));
        agenda.pass(Duration.ofSeconds(5));
        assertThat(closed).isEmpty();

        listener(7).leave();
        agenda.pass(Duration.ofSeconds(1));

        assertThat(closed).containsExactly(20);
        assertThat(activator.isEmpty()).isTrue();
        assertThat(counts).containsExactly(1, 0);
    }

    @Test
    void aBarrierWaitsOnlyForWhatItsOwnSenderAskedFor() {
        handle(new HandoffMessage.HandOver("slow", List.of(7)));
        handle(new HandoffMessage.HandOver("quick", List.of(8)));
        listener(7).come();
        handle(new HandoffMessage.TakeBack("slow", SENDER));
        handle(new HandoffMessage.TakeBack("quick", 43));
        handle(new HandoffMessage.Barrier(20, SENDER));
        handle(new HandoffMessage.Barrier(21, 43));
        agenda.pass(Duration.ofSeconds(1));
        assertThat(closed).containsExactly(21);

        agenda.pass(DRAIN);
        assertThat(closed).containsExactly(21, 20);
    }

    @Test
    void aTakeBackOfWhatIsNotHeldIsOverAtOnce() {
        handle(new HandoffMessage.TakeBack("nginx", SENDER));
        handle(new HandoffMessage.Barrier(20, SENDER));

        assertThat(closed).containsExactly(20);
    }

    @Test
    void descriptorsOfARejectedMessageAreClosed() {
        handle(new HandoffMessage.Rejected("only root may hand over", List.of(7, 8)));

        assertThat(closed).containsExactly(7, 8);
        assertThat(activator.isEmpty()).isTrue();
    }

    @Test
    void everythingIsLeftToTheNextButWhatIsBeingGivenBack() {
        handle(new HandoffMessage.HandOver("nginx", List.of(7)));
        handle(new HandoffMessage.HandOver("redis", List.of(8)));
        listener(8).come();
        handle(new HandoffMessage.TakeBack("redis", SENDER));
        assertThat(activator.isDraining()).isTrue();

        assertThat(activator.bequeath())
                .extracting(CompletableFuture::join)
                .extracting(Legacy::name)
                .containsExactly("nginx");
    }

    @Test
    void whatAnEarlierActivatorLeftIsServedWithoutBeingWoken() {
        CarriedConnection connection =
                new CarriedConnection(20, OptionalInt.of(21), OptionalInt.empty(), OptionalInt.empty());
        activator.inherit(List.of(new Legacy("nginx", true, List.of(7, 8), List.of(connection))));
        agenda.settle();

        assertThat(listeners).containsOnlyKeys(7, 8);
        assertThat(activator.snapshots()).singleElement().satisfies(snapshot -> {
            assertThat(snapshot.connections()).isEqualTo(1);
            assertThat(snapshot.state()).isEqualTo("listening");
        });
        assertThat(counts).containsExactly(1);
    }

    private FakeListener listener(int descriptor) {
        return java.util.Objects.requireNonNull(listeners.get(descriptor));
    }

    private void handle(HandoffMessage message) {
        activator.handle(message);
        agenda.settle();
    }
}
