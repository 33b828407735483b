package dev.dormouse.activator.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.activator.config.ConfigException;
import dev.dormouse.activator.config.ContainerFacts;
import dev.dormouse.activator.config.Readiness;
import dev.dormouse.activator.config.Relations;
import dev.dormouse.activator.config.RestRules;
import dev.dormouse.activator.config.ServiceConfig;
import dev.dormouse.activator.config.ServiceLimits;
import dev.dormouse.activator.tally.Count;
import dev.dormouse.activator.tally.Distribution;
import dev.dormouse.activator.tally.Phase;
import dev.dormouse.activator.tally.Series;
import dev.dormouse.activator.tally.Tally;
import dev.dormouse.activator.wake.WakeFailure;
import dev.dormouse.activator.wake.WakeOutcome;
import dev.dormouse.activator.wake.WakePhases;
import dev.dormouse.proxy.Backend.ConnectFailed;
import dev.dormouse.proxy.Traffic;
import dev.dormouse.units.journal.JournalEvent;
import dev.dormouse.units.manager.JobResult;
import dev.dormouse.units.service.Edge;
import dev.dormouse.units.service.ExposedPorts;
import dev.dormouse.units.service.WakeFilter;
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
import java.util.OptionalInt;
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
    private static final WakePhases PHASES = new WakePhases(
            Duration.ZERO,
            Optional.of(Duration.ofMillis(12)),
            Optional.of(Duration.ofMillis(19)),
            Duration.ofMillis(20),
            Optional.empty());

    private final CompletableFuture<WakeOutcome.Measured> measured = new CompletableFuture<>();
    private final Background background = new Background(agenda);
    private final FakeSystemd systemd = new FakeSystemd();
    private final List<Boolean> wakes = new ArrayList<>();
    private final Queue<Consumer<WakeOutcome>> waking = new ArrayDeque<>();
    private final FakeListener listener = new FakeListener(agenda);
    private final List<JournalEvent> told = new ArrayList<>();
    private final Tally tally = new Tally();
    private int gone;
    private Service service = service();

    @TempDir
    private Path runtime;

    private Service service() {
        Surroundings around = new Surroundings(
                agenda,
                background,
                (request, outcome) -> {
                    wakes.add(request.handedOver());
                    waking.add(outcome);
                },
                _ -> {
                    throw new ConfigException("not read before the wake's end");
                },
                systemd,
                new Settings(Duration.ZERO, DRAIN, 100),
                told::add,
                tally);
        Map<String, Service> held = new HashMap<>();
        Service made = new Service("nginx", around, new Neighbours(around, held), () -> gone++);
        held.put("nginx", made);
        return made;
    }

    @BeforeEach
    void handOver() throws IOException {
        service.handOver(List.of(listener), Optional.empty());
        Files.createFile(runtime.resolve("started"));
        background.settle();
    }

    @Test
    void theHandOverWakesTheContainerAndClientsAreHeldUntilItIsReady() {
        CompletableFuture<? extends SocketAddress> first = connect();
        CompletableFuture<? extends SocketAddress> second = connect();
        background.settle();
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
        background.settle();
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
        background.settle();
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
            background.settle();
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
        background.settle();

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
        background.settle();
        assertThat(wakes).as("within the backoff").hasSize(1);
        assertThat(next).isNotDone();
        agenda.pass(Duration.ofMillis(1));
        background.settle();
        assertThat(wakes).containsExactly(true, false);

        fail();
        assertThat(next).isCompletedExceptionally();
        var _ = connect();
        agenda.pass(Duration.ofMillis(1999));
        background.settle();
        assertThat(wakes).as("the backoff doubles").hasSize(2);
        agenda.pass(Duration.ofMillis(1));
        background.settle();
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
        background.settle();
        ready();
        agenda.pass(Duration.ofMinutes(1));
        background.settle();
        var _ = service.address(refused());
        background.settle();
        fail();
        var _ = connect();
        agenda.pass(Duration.ofSeconds(1));
        background.settle();

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
        background.settle();

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
        background.settle();

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
        background.settle();

        assertThat(wakes).as("its container had gone").containsExactly(true, false);
        ready();
        assertThat(client.join()).isEqualTo(ADDRESS);
    }

    @Test
    void ifTheContainerCannotBeStoppedItListensOnAndTriesLater() {
        ready();
        systemd.stopResult = JobResult.TIMEOUT;
        agenda.pass(IDLE);
        background.settle();
        assertThat(listener.paused).isFalse();
        assertThat(listener.closed).isFalse();
        assertThat(systemd.stopped).containsExactly(CONTAINER);

        systemd.stopResult = JobResult.DONE;
        agenda.pass(IDLE);
        background.settle();
        assertThat(systemd.stopped).contains(PROXY);
    }

    @Test
    void ifTheSocketsCannotBeGivenBackItListensOn() {
        ready();
        systemd.onStop = () -> systemd.refusal = Optional.of("Access denied");
        agenda.pass(IDLE);
        background.settle();

        assertThat(systemd.stopped).containsExactly(CONTAINER);
        assertThat(listener.paused).isFalse();
        var _ = connect();
        background.settle();
        assertThat(wakes).containsExactly(true, false);
    }

    @Test
    void aServiceThatWasStoppedAlreadyIsLeftToSystemd() {
        ready();
        agenda.pass(IDLE);
        background.settle();

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
        background.settle();
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
        service.handOver(List.of(second), Optional.empty());
        background.settle();

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
        background.settle();
        FakeListener second = new FakeListener(agenda);
        service.handOver(List.of(second), Optional.empty());
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
        service.handOver(List.of(second), Optional.empty());
        background.settle();

        assertThat(wakes).containsExactly(true, false);
        assertThat(systemd.stopped).doesNotContain(PROXY);
    }

    @Test
    void socketsOfAServiceThatHasStoppedMeanwhileAreGivenBack() {
        systemd.states.put(PROXY, "inactive");
        FakeListener second = new FakeListener(agenda);
        service.handOver(List.of(second), Optional.empty());
        background.settle();

        assertThat(second.closed).isTrue();
        assertThat(gone).isEqualTo(1);
    }

    @Test
    void severalListenersSleepTogether() {
        FakeListener unix = new FakeListener(agenda);
        FakeListener inet = new FakeListener(agenda);
        service.handOver(List.of(unix, inet), Optional.empty());
        ready();
        unix.come();
        agenda.pass(IDLE.multipliedBy(2));
        assertThat(inet.paused).isFalse();
        unix.leave();
        agenda.pass(IDLE);
        background.settle();

        assertThat(unix.closed).isTrue();
        assertThat(inet.closed).isTrue();
    }

    @Test
    void anOutcomeThatComesTooLateChangesNothing() {
        Consumer<WakeOutcome> late = waking.remove();
        service.takeBack(() -> {});
        background.settle();
        late.accept(outcome());
        background.settle();

        assertThat(gone).isEqualTo(1);
        assertThat(state()).isEqualTo("dormant");
    }

    @Test
    void aWakeIsToldOfWhenItsPhasesAndTheFirstByteAreKnown() {
        var _ = connect();
        ready();
        assertThat(told).isEmpty();
        agenda.pass(Duration.ofMillis(10));
        service.answered();
        service.answered();
        background.settle();
        assertThat(told).as("the unit is not known to be up yet").isEmpty();

        measured.complete(new WakeOutcome.Measured(
                PHASES, agenda.nanos() - Duration.ofMillis(30).toNanos()));
        background.settle();

        assertThat(told).singleElement().satisfies(event -> {
            assertThat(event.message())
                    .isEqualTo(
                            "nginx: awake, queue 0 ms, create 12 ms, unit 19 ms, ready 20 ms, first byte 30 ms, 1 clients held");
            assertThat(event.fields())
                    .containsEntry("SERVICE", "nginx")
                    .containsEntry("PHASE", "wake")
                    .containsEntry("OUTCOME", "ready")
                    .containsEntry("DURATION_USEC", "30000")
                    .containsEntry("UNIT_USEC", "19000")
                    .containsEntry("CONTAINER_ID", String.valueOf(runtime.getFileName()));
        });
        assertThat(service.snapshot().lastWake()).contains(PHASES.withFirstByte(Duration.ofMillis(30)));
        assertThat(count(Count.WAKES, "ready")).isEqualTo(1);
        assertThat(tally.totals()
                        .phases()
                        .getOrDefault(Phase.FIRST_BYTE, Distribution.NONE)
                        .counts())
                .contains(1L);
    }

    @Test
    void anApplicationThatDoesNotAnswerIsToldOfWithoutItsFirstByte() {
        var _ = connect();
        ready();
        measured.complete(new WakeOutcome.Measured(PHASES, agenda.nanos()));
        background.settle();
        assertThat(told).isEmpty();

        agenda.pass(Duration.ofSeconds(1));

        assertThat(told).hasSize(1);
        assertThat(service.snapshot().lastWake()).contains(PHASES);
    }

    @Test
    void aWakeThatIsDroppedIsMadeWhenTheNextClientComes() {
        background.settle();
        waking.remove().accept(new WakeOutcome.Dropped());
        background.settle();
        assertThat(state()).isEqualTo("listening");
        assertThat(count(Count.WAKES, "dropped")).isEqualTo(1);

        CompletableFuture<? extends SocketAddress> client = connect();
        ready();

        assertThat(client.join()).isEqualTo(ADDRESS);
        assertThat(wakes).containsExactly(true, false);
    }

    @Test
    void failuresAndSleepAreToldOfAndCounted() {
        var _ = connect();
        fail();
        assertThat(told)
                .singleElement()
                .satisfies(event -> assertThat(event.fields())
                        .containsEntry("PHASE", "unit")
                        .containsEntry("OUTCOME", "failed"));
        assertThat(count(Count.WAKES, "unit_failed")).isEqualTo(1);
        assertThat(count(Count.CLIENTS_CLOSED, "")).isEqualTo(1);

        agenda.pass(Duration.ofSeconds(1));
        var _ = connect();
        ready();
        listener.traffic = new Traffic(2, 300, 4000);
        agenda.pass(IDLE);
        background.settle();
        assertThat(told.getLast().fields()).containsEntry("PHASE", "sleep").containsEntry("OUTCOME", "asleep");
        assertThat(count(Count.IDLE_STOPS, "")).isEqualTo(1);
        assertThat(gone).isEqualTo(1);
        assertThat(count(Count.SENT_BYTES, ""))
                .as("kept when its listeners are gone")
                .isEqualTo(4000);
    }

    @Test
    void aFilteredServiceIsNotWokenByTheHandOverButByAClientThatIsLetIn() {
        systemd.states.put(CONTAINER, "inactive");
        wakes.clear();
        service = service();
        service.handOver(List.of(listener), Optional.of(filtered()));
        background.settle();
        assertThat(wakes).isEmpty();
        assertThat(state()).isEqualTo("listening");

        var _ = connect();
        background.settle();

        assertThat(wakes).containsExactly(false);
    }

    @Test
    void aFilteredServiceWhoseContainerRunsAlreadyIsAwake() {
        wakes.clear();
        service = service();
        service.handOver(List.of(listener), Optional.of(filtered()));
        background.settle();

        assertThat(wakes).containsExactly(false);
    }

    @Test
    void aClientThatWasPutOffIsCounted() {
        service.putOff();
        background.settle();

        assertThat(count(Count.CLIENTS_PUT_OFF, "")).isOne();
    }

    private static ServiceConfig filtered() {
        return new ServiceConfig(
                "nginx",
                List.of("80"),
                80,
                IDLE,
                new Readiness.Listening(),
                Duration.ofSeconds(20),
                ServiceLimits.STANDARD,
                Relations.ofContainer("nginx"),
                RestRules.NONE,
                new Edge(
                        new WakeFilter(List.of(), List.of(), List.of(), List.of(), OptionalInt.of(1)),
                        Optional.empty(),
                        Optional.empty()));
    }

    private long count(Count count, String outcome) {
        return tally.totals().counts().getOrDefault(new Series(count, "nginx", outcome), 0L);
    }

    private CompletableFuture<? extends SocketAddress> connect() {
        return service.address(Optional.empty());
    }

    private static Optional<ConnectFailed> refused() {
        return Optional.of(new ConnectFailed(ADDRESS, "Connection refused", 1, Duration.ofMillis(1)));
    }

    private void ready() {
        background.settle();
        waking.remove().accept(outcome());
        background.settle();
    }

    private WakeOutcome outcome() {
        return new WakeOutcome.Ready(
                ADDRESS,
                new ServiceConfig("nginx", List.of("80"), 80, IDLE, new Readiness.Listening(), Duration.ofSeconds(20)),
                new ContainerFacts(
                        "nginx",
                        Optional.of(ADDRESS.getAddress()),
                        new ExposedPorts(List.of(80), List.of()),
                        runtime,
                        false),
                measured);
    }

    private void fail() {
        background.settle();
        waking.remove().accept(new WakeOutcome.Failed(WakeFailure.UNIT_FAILED, "container nginx: it did not start"));
        background.settle();
    }

    private String state() {
        return service.snapshot().state();
    }
}
