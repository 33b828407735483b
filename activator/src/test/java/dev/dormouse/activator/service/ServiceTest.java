package dev.dormouse.activator.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.activator.config.ConfigException;
import dev.dormouse.activator.config.ContainerFacts;
import dev.dormouse.activator.config.Readiness;
import dev.dormouse.activator.config.ServiceConfig;
import dev.dormouse.activator.wake.WakeOutcome;
import dev.dormouse.activator.wake.WakePhases;
import dev.dormouse.proxy.Backend.ConnectFailed;
import dev.dormouse.units.manager.JobResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceTest {
    private static final String CONTAINER = "dormouse-container@nginx.service";
    private static final String PROXY = "dormouse-proxy@nginx.service";
    private static final InetSocketAddress ADDRESS = new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);
    private static final Duration IDLE = Duration.ofMinutes(5);
    private static final Duration DRAIN = Duration.ofSeconds(10);

    private final ManualAgenda agenda = new ManualAgenda();
    private final Queue<Runnable> background = new ArrayDeque<>();
    private final FakeSystemd systemd = new FakeSystemd();
    private final List<Boolean> wakes = new ArrayList<>();
    private final Queue<Consumer<WakeOutcome>> waking = new ArrayDeque<>();
    private final FakeListener listener = new FakeListener(agenda);
    private int gone;
    private Service service = service();

    @TempDir
    private Path runtime;

    private Service service() {
        Surroundings around = new Surroundings(
                agenda,
                background::add,
                (_, handedOver, outcome) -> {
                    wakes.add(handedOver);
                    waking.add(outcome);
                },
                _ -> {
                    throw new ConfigException("not read before the wake's end");
                },
                systemd,
                new Settings(Duration.ZERO, DRAIN, 100));
        Map<String, Service> held = new HashMap<>();
        Service made = new Service("nginx", around, new Neighbours(around, held), () -> gone++);
        held.put("nginx", made);
        return made;
    }

    @BeforeEach
    void handOver() throws IOException {
        service.handOver(List.of(listener));
        Files.createFile(runtime.resolve("started"));
        settle();
    }

    @Test
    void theHandOverWakesTheContainerAndClientsAreHeldUntilItIsReady() {
        CompletableFuture<? extends SocketAddress> first = connect();
        CompletableFuture<? extends SocketAddress> second = connect();
        settle();
        assertThat(wakes).containsExactly(true);
        assertThat(first).isNotDone();
        assertThat(state()).isEqualTo("waking");

        ready();

        assertThat(first.join()).isEqualTo(ADDRESS);
        assertThat(second.join()).isEqualTo(ADDRESS);
        assertThat(state()).isEqualTo("awake");
    }

    @Test
    void whileItIsAwakeAClientGoesStraightThrough() {
        ready();

        assertThat(connect().join()).as("without a task of the agenda").isEqualTo(ADDRESS);
    }

    @Test
    void aContainerThatWasStoppedMeanwhileIsWokenByTheNextClient() throws IOException {
        ready();
        Files.delete(runtime.resolve("started"));

        CompletableFuture<? extends SocketAddress> client = connect();
        settle();
        assertThat(wakes).containsExactly(true, false);
        Files.createFile(runtime.resolve("started"));
        ready();

        assertThat(client.join()).isEqualTo(ADDRESS);
    }

    @Test
    void aRefusedConnectWakesAndManyRefusedAtOnceWakeOnce() {
        ready();
        agenda.pass(Duration.ofMinutes(1));

        CompletableFuture<? extends SocketAddress> first = service.address(refused());
        CompletableFuture<? extends SocketAddress> second = service.address(refused());
        settle();
        assertThat(wakes).containsExactly(true, false);
        ready();

        assertThat(first.join()).isEqualTo(ADDRESS);
        assertThat(second.join()).isEqualTo(ADDRESS);
    }

    @Test
    void aContainerThatSeemsReadyButRefusesIsNotAskedWithoutPause() {
        ready();
        for (int round = 0; round < 3; round++) {
            CompletableFuture<? extends SocketAddress> client = service.address(refused());
            settle();
            assertThat(waking).as("round " + round).isEmpty();
            agenda.pass(Duration.ofMillis(40));
            ready();
            assertThat(client.join()).isEqualTo(ADDRESS);
        }
    }

    @Test
    void aClientThatIsRefusedAgainAndAgainIsClosedAtTheDeadline() {
        ready();
        CompletableFuture<? extends SocketAddress> client = service.address(
                Optional.of(new ConnectFailed(ADDRESS, "Connection refused", 30, Duration.ofSeconds(20))));
        settle();

        assertThat(client).isCompletedExceptionally();
        assertThat(wakes).hasSize(1);
    }

    @Test
    void aRefusalOfAnEarlierAwakeningGetsTheNewAddressAtOnce() {
        ready();
        agenda.pass(Duration.ofMinutes(1));
        CompletableFuture<? extends SocketAddress> early = service.address(refused());
        CompletableFuture<? extends SocketAddress> late = service.address(refused());
        ready();

        assertThat(early.join()).isEqualTo(ADDRESS);
        assertThat(late.join()).isEqualTo(ADDRESS);
        assertThat(wakes).hasSize(2);
    }

    @Test
    void aFailedWakeClosesItsClientsAndTheNextIsTriedAfterTheBackoff() {
        CompletableFuture<? extends SocketAddress> client = connect();
        fail();
        assertThat(client).isCompletedExceptionally();
        assertThat(state()).isEqualTo("failed");

        CompletableFuture<? extends SocketAddress> next = connect();
        agenda.pass(Duration.ofMillis(999));
        settle();
        assertThat(wakes).as("within the backoff").hasSize(1);
        assertThat(next).isNotDone();
        agenda.pass(Duration.ofMillis(1));
        settle();
        assertThat(wakes).containsExactly(true, false);

        fail();
        assertThat(next).isCompletedExceptionally();
        var _ = connect();
        agenda.pass(Duration.ofMillis(1999));
        settle();
        assertThat(wakes).as("the backoff doubles").hasSize(2);
        agenda.pass(Duration.ofMillis(1));
        settle();
        assertThat(wakes).hasSize(3);
    }

    @Test
    void withoutAClientAFailedWakeIsNotRepeated() {
        fail();
        agenda.pass(Duration.ofSeconds(30));

        assertThat(wakes).hasSize(1);
    }

    @Test
    void aClientThatComesDuringALongBackoffIsClosedAtTheDeadline() {
        ready();
        agenda.pass(Duration.ofMinutes(1));
        var _ = service.address(refused());
        for (int failures = 0; failures < 6; failures++) {
            fail();
            agenda.pass(Duration.ofSeconds(60));
            listener.come();
            listener.leave();
            var _ = connect();
        }
        fail();
        CompletableFuture<? extends SocketAddress> client = connect();
        agenda.pass(Duration.ofSeconds(19));
        assertThat(client).isNotDone();
        agenda.pass(Duration.ofSeconds(1));
        assertThat(client).as("deadline 20 s, backoff 60 s").isCompletedExceptionally();
    }

    @Test
    void aWakeEndsAFailureStreak() {
        fail();
        var _ = connect();
        agenda.pass(Duration.ofSeconds(1));
        settle();
        ready();
        agenda.pass(Duration.ofMinutes(1));
        settle();
        var _ = service.address(refused());
        settle();
        fail();
        var _ = connect();
        agenda.pass(Duration.ofSeconds(1));
        settle();

        assertThat(wakes).hasSize(4);
    }

    @Test
    void afterTheIdleTimeTheContainerIsStoppedThenItsSocketsAreGivenBack() {
        ready();
        systemd.onStop = () -> {
            if (systemd.stopped.getLast().equals(PROXY)) {
                agenda.execute(() -> service.takeBack(() -> {}));
            }
        };

        agenda.pass(IDLE.minusMillis(1));
        assertThat(listener.paused).isFalse();
        agenda.pass(Duration.ofMillis(1));
        assertThat(listener.paused).isTrue();
        assertThat(listener.closed).isFalse();
        assertThat(gone).isZero();
        settle();

        assertThat(systemd.stopped).containsExactly(CONTAINER, PROXY);
        assertThat(listener.closed).isTrue();
        assertThat(gone).isEqualTo(1);
    }

    @Test
    void theIdleTimeCountsFromTheLastClientThatLeft() {
        ready();
        listener.come();
        agenda.pass(IDLE.multipliedBy(3).plusSeconds(7));
        listener.leave();

        agenda.pass(IDLE.minusMillis(1));
        assertThat(listener.paused).isFalse();
        agenda.pass(Duration.ofMillis(1));
        assertThat(listener.paused).isTrue();
    }

    @Test
    void aClientThatCameWhileListenersWerePausedKeepsItAwake() {
        ready();
        CompletableFuture<Void> paused = listener.slowPause();
        agenda.pass(IDLE);
        listener.come();
        paused.complete(null);
        settle();

        assertThat(listener.paused).isFalse();
        assertThat(state()).isEqualTo("awake");
        assertThat(systemd.stopped).isEmpty();
    }

    @Test
    void aClientHeldWhileListenersWerePausedIsServed() throws IOException {
        ready();
        CompletableFuture<Void> paused = listener.slowPause();
        agenda.pass(IDLE);
        Files.delete(runtime.resolve("started"));
        listener.come();
        CompletableFuture<? extends SocketAddress> client = connect();
        paused.complete(null);
        settle();

        assertThat(wakes).as("its container had gone").containsExactly(true, false);
        ready();
        assertThat(client.join()).isEqualTo(ADDRESS);
    }

    @Test
    void ifTheContainerCannotBeStoppedItListensOnAndTriesLater() {
        ready();
        systemd.stopResult = JobResult.TIMEOUT;
        agenda.pass(IDLE);
        settle();
        assertThat(listener.paused).isFalse();
        assertThat(listener.closed).isFalse();
        assertThat(systemd.stopped).containsExactly(CONTAINER);

        systemd.stopResult = JobResult.DONE;
        agenda.pass(IDLE);
        settle();
        assertThat(systemd.stopped).contains(PROXY);
    }

    @Test
    void ifTheSocketsCannotBeGivenBackItListensOn() {
        ready();
        systemd.onStop = () -> systemd.refusal = Optional.of("Access denied");
        agenda.pass(IDLE);
        settle();

        assertThat(systemd.stopped).containsExactly(CONTAINER);
        assertThat(listener.paused).isFalse();
        var _ = connect();
        settle();
        assertThat(wakes).containsExactly(true, false);
    }

    @Test
    void aServiceThatWasStoppedAlreadyIsLeftToSystemd() {
        ready();
        agenda.pass(IDLE);
        settle();

        assertThat(systemd.stopped).containsExactly(CONTAINER, PROXY);
        assertThat(listener.closed).as("though no take-back came").isTrue();
        assertThat(gone).isEqualTo(1);
    }

    @Test
    void aTakeBackWaitsForConnectionsToEnd() {
        ready();
        listener.come();
        List<String> done = new ArrayList<>();
        service.takeBack(() -> done.add("closed"));
        agenda.pass(Duration.ofSeconds(3));
        assertThat(listener.paused).isTrue();
        assertThat(done).isEmpty();

        listener.leave();
        agenda.pass(Duration.ofSeconds(1));
        assertThat(listener.closed).isTrue();
        assertThat(listener.aborted).isFalse();
        assertThat(done).containsExactly("closed");
        assertThat(gone).isEqualTo(1);
    }

    @Test
    void aTakeBackBreaksOffWhatDoesNotEndInTime() {
        ready();
        listener.come();
        List<String> done = new ArrayList<>();
        service.takeBack(() -> done.add("closed"));
        agenda.pass(DRAIN);

        assertThat(listener.aborted).isTrue();
        assertThat(done).containsExactly("closed");
    }

    @Test
    void aTakeBackWhileWakingStillServesThoseWhoAreHeld() {
        listener.come();
        CompletableFuture<? extends SocketAddress> client = connect();
        settle();
        service.takeBack(() -> {});
        agenda.pass(Duration.ofSeconds(1));
        ready();
        assertThat(client.join()).isEqualTo(ADDRESS);
        listener.leave();
        agenda.pass(Duration.ofSeconds(1));

        assertThat(gone).isEqualTo(1);
        assertThat(agenda.planned()).as("nothing is left to be done").isZero();
    }

    @Test
    void aSecondTakeBackEndsWithTheFirst() {
        ready();
        listener.come();
        List<String> done = new ArrayList<>();
        service.takeBack(() -> done.add("first"));
        service.takeBack(() -> done.add("second"));
        listener.leave();
        agenda.pass(Duration.ofSeconds(1));

        assertThat(done).containsExactly("first", "second");
        assertThat(gone).isEqualTo(1);
    }

    @Test
    void aSecondHandOverReplacesTheSocketsAndConnectionsGoOn() {
        ready();
        listener.come();
        FakeListener second = new FakeListener(agenda);
        service.handOver(List.of(second));
        settle();

        assertThat(listener.closed).isTrue();
        assertThat(listener.aborted).isFalse();
        assertThat(wakes).as("it is awake already").hasSize(1);
        agenda.pass(IDLE.multipliedBy(2));
        assertThat(second.paused).as("a connection of the first goes on").isFalse();
        listener.leave();
        agenda.pass(IDLE.multipliedBy(2));
        assertThat(second.paused).isTrue();
    }

    @Test
    void aHandOverEndsATakeBack() {
        ready();
        listener.come();
        List<String> done = new ArrayList<>();
        service.takeBack(() -> done.add("over"));
        settle();
        FakeListener second = new FakeListener(agenda);
        service.handOver(List.of(second));
        agenda.pass(DRAIN.multipliedBy(2));

        assertThat(done).containsExactly("over");
        assertThat(second.paused).isFalse();
        assertThat(listener.aborted).isFalse();
        assertThat(gone).isZero();
    }

    @Test
    void aHandOverWhileFallingAsleepWakesAgain() {
        ready();
        agenda.pass(IDLE);
        FakeListener second = new FakeListener(agenda);
        service.handOver(List.of(second));
        settle();

        assertThat(wakes).containsExactly(true, false);
        assertThat(systemd.stopped).doesNotContain(PROXY);
    }

    @Test
    void socketsOfAServiceThatHasStoppedMeanwhileAreGivenBack() {
        systemd.states.put(PROXY, "inactive");
        FakeListener second = new FakeListener(agenda);
        service.handOver(List.of(second));
        settle();

        assertThat(second.closed).isTrue();
        assertThat(gone).isEqualTo(1);
    }

    @Test
    void severalListenersSleepTogether() {
        FakeListener unix = new FakeListener(agenda);
        FakeListener inet = new FakeListener(agenda);
        service.handOver(List.of(unix, inet));
        ready();
        unix.come();
        agenda.pass(IDLE.multipliedBy(2));
        assertThat(inet.paused).isFalse();
        unix.leave();
        agenda.pass(IDLE);
        settle();

        assertThat(unix.closed).isTrue();
        assertThat(inet.closed).isTrue();
    }

    @Test
    void anOutcomeThatComesTooLateChangesNothing() {
        Consumer<WakeOutcome> late = waking.remove();
        service.takeBack(() -> {});
        settle();
        late.accept(outcome());
        settle();

        assertThat(gone).isEqualTo(1);
        assertThat(state()).isEqualTo("dormant");
    }

    private CompletableFuture<? extends SocketAddress> connect() {
        return service.address(Optional.empty());
    }

    private static Optional<ConnectFailed> refused() {
        return Optional.of(new ConnectFailed(ADDRESS, "Connection refused", 1, Duration.ofMillis(1)));
    }

    private void ready() {
        settle();
        waking.remove().accept(outcome());
        settle();
    }

    private WakeOutcome outcome() {
        return new WakeOutcome.Ready(
                ADDRESS,
                new ServiceConfig("nginx", List.of("80"), 80, IDLE, new Readiness.Listening(), Duration.ofSeconds(20)),
                new ContainerFacts("nginx", Optional.of(ADDRESS.getAddress()), List.of(80), runtime, false),
                new WakePhases(Optional.empty(), Duration.ofMillis(7)));
    }

    private void fail() {
        settle();
        waking.remove().accept(new WakeOutcome.Failed("container nginx: it did not start"));
        settle();
    }

    private String state() {
        return service.snapshot().state();
    }

    /** Until neither the agenda nor the background has anything to do. */
    private void settle() {
        agenda.settle();
        for (Runnable task = background.poll(); task != null; task = background.poll()) {
            task.run();
            agenda.settle();
        }
    }
}
