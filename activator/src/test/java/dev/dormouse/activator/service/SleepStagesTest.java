package dev.dormouse.activator.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.activator.config.CommandText;
import dev.dormouse.activator.config.ContainerFacts;
import dev.dormouse.activator.config.Readiness;
import dev.dormouse.activator.config.Relations;
import dev.dormouse.activator.config.RestRules;
import dev.dormouse.activator.config.ServiceConfig;
import dev.dormouse.activator.config.ServiceLimits;
import dev.dormouse.activator.tally.Count;
import dev.dormouse.activator.tally.Series;
import dev.dormouse.activator.tally.Tally;
import dev.dormouse.activator.wake.WakeOutcome;
import dev.dormouse.units.journal.JournalEvent;
import dev.dormouse.units.manager.JobResult;
import dev.dormouse.units.service.Edge;
import dev.dormouse.units.service.ExposedPorts;
import dev.dormouse.units.service.ServiceDeclaration;
import dev.dormouse.units.service.SocketAccess;
import dev.dormouse.units.service.WarmWindow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Freezing before stopping, and what keeps a service awake though nobody is connected. */
class SleepStagesTest {
    private static final Duration IDLE = Duration.ofMinutes(5);
    private static final Duration FREEZE = Duration.ofSeconds(20);
    private static final InetSocketAddress ADDRESS = new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);
    private static final RestRules FREEZES =
            new RestRules(Optional.of(FREEZE), OptionalInt.empty(), Optional.empty(), List.of());

    private final ManualAgenda agenda = new ManualAgenda();
    private final Background background = new Background(agenda);
    private final Map<String, ServiceConfig> declared = new HashMap<>();
    private final Map<String, Service> held = new TreeMap<>();
    private final Map<String, FakeListener> listeners = new HashMap<>();
    private final Queue<Runnable> waking = new ArrayDeque<>();
    private final Answering systemd = new Answering();
    private final List<JournalEvent> told = new ArrayList<>();
    private final Tally tally = new Tally();
    private final Surroundings around = new Surroundings(
            agenda,
            background,
            (request, outcome) -> waking.add(() -> ready(request.name(), outcome)),
            name -> of(declared, name),
            systemd,
            new Settings(Duration.ZERO, Duration.ofSeconds(10), 100),
            told::add,
            tally);
    private final Neighbours neighbours = new Neighbours(around, held);

    @TempDir
    private Path folder;

    /** Asks the veto command, which answers as a test says. */
    private final class Answering extends FakeSystemd {
        final List<String> asked = new ArrayList<>();
        String answer = "0";

        @Override
        public JobResult start(String unit) {
            asked.add(unit);
            write("web/veto-web", answer + "\n");
            return JobResult.DONE;
        }
    }

    @Test
    void isFrozenAfterOneTimeAndStoppedAfterTheOther() {
        awake("web", FREEZES);

        background.pass(FREEZE);
        assertThat(state("web")).isEqualTo("frozen");
        assertThat(frozen("web")).isTrue();
        assertThat(told.getLast().fields()).containsEntry("PHASE", "freeze").containsKey("DURATION_USEC");

        background.pass(IDLE.minus(FREEZE));
        assertThat(systemd.stopped).containsExactly("dormouse-container@web.service", "dormouse-proxy@web.service");
        assertThat(count(Count.FREEZES)).isEqualTo(1);
        assertThat(count(Count.THAWS)).as("its stop is no thaw").isZero();
    }

    /** Clients come on other threads: between any two looks. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void aClientOfAnInstantDoesNotPutFreezingOffForLong(int look) {
        awake("web", FREEZES);
        background.pass(FREEZE.minusSeconds(1));
        of(listeners, "web").briefClientAt = look;

        background.pass(Duration.ofSeconds(1));
        background.pass(FREEZE);

        assertThat(frozen("web")).isTrue();
    }

    @Test
    void aClientOfAFrozenOneIsServedWhenItIsThawed() {
        awake("web", FREEZES);
        background.pass(FREEZE);

        CompletableFuture<? extends SocketAddress> client = connect("web");
        agenda.settle();
        assertThat(client).as("it is being thawed").isNotDone();
        background.settle();

        assertThat(client.join()).isEqualTo(ADDRESS);
        assertThat(frozen("web")).isFalse();
        assertThat(state("web")).isEqualTo("awake");
        assertThat(told.getLast().fields()).containsEntry("PHASE", "thaw").containsKey("DURATION_USEC");
        assertThat(waking).as("no wake").isEmpty();
    }

    @Test
    void whoComesWhileItIsBeingFrozenIsServed() {
        awake("web", FREEZES);
        agenda.pass(FREEZE);
        assertThat(frozen("web")).as("the kernel has not been asked yet").isFalse();

        CompletableFuture<? extends SocketAddress> client = connect("web");
        background.settle();

        assertThat(client.join()).isEqualTo(ADDRESS);
        assertThat(frozen("web")).isFalse();
    }

    @Test
    void aConnectionKeepsItFromBeingFrozen() {
        awake("web", FREEZES);
        of(listeners, "web").come();
        background.pass(FREEZE.multipliedBy(3));
        assertThat(state("web")).isEqualTo("awake");

        of(listeners, "web").leave();
        background.pass(FREEZE);
        assertThat(state("web")).isEqualTo("frozen");
    }

    @Test
    void whoComesWhenItIsToBeStoppedHasItThawed() {
        awake("web", FREEZES);
        background.pass(FREEZE);
        CompletableFuture<Void> pausing = of(listeners, "web").slowPause();
        background.pass(IDLE.minus(FREEZE));
        CompletableFuture<? extends SocketAddress> client = connect("web");
        pausing.complete(null);
        background.settle();

        assertThat(client.join()).isEqualTo(ADDRESS);
        assertThat(frozen("web")).isFalse();
        assertThat(systemd.stopped).isEmpty();
    }

    @Test
    void whatIsTakenBackIsThawed() {
        awake("web", FREEZES);
        background.pass(FREEZE);

        of(held, "web").takeBack(() -> {});
        background.settle();

        assertThat(frozen("web")).isFalse();
    }

    @Test
    void oneThatCannotBeFrozenIsStoppedAllTheSame() throws IOException {
        awake("web", FREEZES);
        Files.delete(folder.resolve("web/cgroup"));

        background.pass(FREEZE.multipliedBy(3));
        assertThat(state("web")).isEqualTo("awake");
        assertThat(told.stream().filter(event -> event.fields().containsValue("freeze")))
                .as("tried and told of once")
                .hasSize(1);
        assertThat(connect("web").join()).isEqualTo(ADDRESS);
        of(listeners, "web").leave();

        background.pass(IDLE);
        assertThat(systemd.stopped).contains("dormouse-container@web.service");
    }

    @Test
    void aContainerThatOthersNeedFreezesAfterThemAndIsThawedWithThem() {
        awake("db", FREEZES);
        awake("web", FREEZES, "db");
        of(listeners, "web").come();
        background.pass(FREEZE.multipliedBy(2));
        assertThat(frozen("db")).isFalse();

        of(listeners, "web").leave();
        background.pass(FREEZE);
        assertThat(frozen("web")).isTrue();
        assertThat(frozen("db")).isTrue();

        var _ = connect("web");
        background.settle();
        assertThat(frozen("web")).isFalse();
        assertThat(frozen("db")).isFalse();
    }

    @Test
    void usingAProcessorCountsAsBeingConnected() {
        awake("web", new RestRules(Optional.empty(), OptionalInt.of(50), Optional.empty(), List.of()));
        for (int minute = 1; minute <= 10; minute++) {
            work("web", Duration.ofSeconds(40).multipliedBy(minute));
            background.pass(Duration.ofMinutes(1));
        }
        assertThat(state("web")).isEqualTo("awake");

        background.pass(IDLE.plusSeconds(10));
        assertThat(systemd.stopped).contains("dormouse-container@web.service");
    }

    @Test
    void itsVetoIsAskedWhenAllElseIsQuietAndAgainAfterAWhile() {
        awake("web", vetoed(Optional.empty()));
        systemd.answer = "3";
        background.pass(IDLE.minusSeconds(1));
        assertThat(systemd.asked).isEmpty();

        background.pass(Duration.ofMinutes(2));
        assertThat(systemd.asked).containsOnly("dormouse-veto@web.service").hasSize(2);
        assertThat(state("web")).isEqualTo("awake");
        assertThat(told.stream().filter(event -> event.fields().containsValue("vetoed")))
                .as("told of once")
                .hasSize(1);

        systemd.answer = "0";
        background.pass(Duration.ofMinutes(1));
        assertThat(systemd.stopped).contains("dormouse-container@web.service");
    }

    @Test
    void whoIsFrozenIsNotAskedAgain() {
        awake("web", vetoed(Optional.of(FREEZE)));
        background.pass(FREEZE);
        assertThat(state("web")).isEqualTo("frozen");

        background.pass(IDLE);

        assertThat(systemd.asked).hasSize(1);
        assertThat(systemd.stopped).contains("dormouse-container@web.service");
    }

    @Test
    void withinItsTimeItStaysAwakeWhateverTheClockDoes() {
        agenda.set(Instant.parse("2026-03-02T07:59:00Z"));
        RestRules rules = new RestRules(
                Optional.of(FREEZE),
                OptionalInt.empty(),
                Optional.empty(),
                List.of(WarmWindow.parse("Mon..Fri 08:00-18:00 UTC")));
        awake("web", rules);
        background.pass(Duration.ofSeconds(50));
        assertThat(state("web")).isEqualTo("frozen");

        background.pass(Duration.ofMinutes(2));
        assertThat(state("web")).as("thawed at the begin").isEqualTo("awake");
        background.pass(Duration.ofHours(2));
        assertThat(state("web")).isEqualTo("awake");

        agenda.set(Instant.parse("2026-03-02T18:00:00Z"));
        background.pass(Duration.ofMinutes(2));
        assertThat(systemd.stopped).contains("dormouse-container@web.service");
    }

    @Test
    void whoIsInItByDockerExecKeepsItAwakeAndTheIdleTimeBeginsWhenHeLeaves() {
        awake("web", FREEZES);
        write("web/execs/session", "");
        background.pass(IDLE.multipliedBy(2));
        assertThat(state("web")).isEqualTo("awake");
        assertThat(frozen("web")).isFalse();

        leaves("web", "session");
        background.pass(FREEZE.minusSeconds(2));
        assertThat(state("web")).isEqualTo("awake");
        background.pass(Duration.ofSeconds(4));
        assertThat(state("web")).isEqualTo("frozen");
        background.pass(IDLE);
        assertThat(systemd.stopped).isNotEmpty();
    }

    @Test
    void whoComesToAFrozenOneByDockerExecIsNoticedAlsoWhenHeIsGone() {
        awake("web", FREEZES);
        background.pass(FREEZE.plusSeconds(1));
        assertThat(state("web")).isEqualTo("frozen");

        write("web/execs/session", "");
        write("web/cgroup.freeze", "0"); // the engine's doing
        leaves("web", "session");
        background.pass(Duration.ofSeconds(11));
        assertThat(state("web")).isEqualTo("awake");
        background.pass(FREEZE);
        assertThat(frozen("web")).isTrue();
        assertThat(systemd.stopped).isEmpty();
    }

    @Test
    void whoComesByDockerExecWhileItIsBeingFrozenIsThawed() {
        awake("web", FREEZES);
        agenda.pass(FREEZE);
        write("web/execs/session", "");
        background.settle();
        assertThat(frozen("web")).isFalse();
        assertThat(state("web")).isEqualTo("awake");
    }

    @Test
    void aSessionWhoseProcessHasEndedKeepsNothingAwake() {
        awake("web", FREEZES);
        write("web/execs/session.detached", "2147483647");
        changed("web");
        background.pass(FREEZE.plusSeconds(1));
        assertThat(state("web")).isEqualTo("frozen");
    }

    private void leaves(String name, String session) {
        try {
            Files.delete(folder.resolve(name).resolve("execs").resolve(session));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        changed(name);
    }

    /** A session has begun or ended now, by the test's clock. */
    private void changed(String name) {
        try {
            Files.setLastModifiedTime(
                    folder.resolve(name).resolve("execs"),
                    FileTime.from(agenda.instant().plusMillis(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RestRules vetoed(Optional<Duration> freeze) {
        return new RestRules(freeze, OptionalInt.empty(), Optional.of(CommandText.veto("true")), List.of());
    }

    private void awake(String name, RestRules rules, String... after) {
        write(name + "/started", "");
        write(name + "/cgroup", folder.resolve(name) + "\n");
        write(name + "/cgroup.freeze", "0");
        work(name, Duration.ZERO);
        declared.put(
                name,
                new ServiceConfig(
                        name,
                        List.of("80"),
                        80,
                        IDLE,
                        new Readiness.Listening(),
                        Duration.ofSeconds(20),
                        ServiceLimits.STANDARD,
                        new Relations(
                                name,
                                List.of(after),
                                Optional.empty(),
                                Duration.ZERO,
                                false,
                                SocketAccess.STANDARD,
                                ServiceDeclaration.Origin.ENABLE),
                        rules,
                        Edge.PLAIN));
        Service service = new Service(name, around, neighbours, () -> held.remove(name));
        FakeListener listener = new FakeListener(agenda);
        listeners.put(name, listener);
        held.put(name, service);
        service.handOver(List.of(listener), Optional.empty());
        neighbours.came(service);
        background.settle();
        waking.remove().run();
        background.settle();
    }

    private void ready(String name, Consumer<WakeOutcome> outcome) {
        outcome.accept(new WakeOutcome.Ready(
                ADDRESS,
                of(declared, name),
                new ContainerFacts(
                        name,
                        Optional.of(ADDRESS.getAddress()),
                        new ExposedPorts(List.of(80), List.of()),
                        folder.resolve(name),
                        false),
                new CompletableFuture<>()));
    }

    private void work(String name, Duration used) {
        write(name + "/cpu.stat", "usage_usec " + used.toNanos() / 1_000 + "\nuser_usec 0\n");
    }

    private void write(String file, String text) {
        try {
            Path path = folder.resolve(file);
            Files.createDirectories(path.resolveSibling(""));
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean frozen(String name) {
        try {
            return Files.readString(folder.resolve(name).resolve("cgroup.freeze"))
                    .equals("1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CompletableFuture<? extends SocketAddress> connect(String name) {
        of(listeners, name).come();
        return of(held, name).address(Optional.empty());
    }

    private String state(String name) {
        return of(held, name).snapshot().state();
    }

    private long count(Count count) {
        return tally.totals().counts().getOrDefault(new Series(count, "web", ""), 0L);
    }

    private static <T> T of(Map<String, T> map, String name) {
        return Objects.requireNonNull(map.get(name), name);
    }
}
