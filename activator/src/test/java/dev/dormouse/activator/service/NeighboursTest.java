package dev.dormouse.activator.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.activator.config.ConfigException;
import dev.dormouse.activator.config.ContainerFacts;
import dev.dormouse.activator.config.Readiness;
import dev.dormouse.activator.config.Relations;
import dev.dormouse.activator.config.RestRules;
import dev.dormouse.activator.config.ServiceConfig;
import dev.dormouse.activator.config.ServiceLimits;
import dev.dormouse.activator.tally.Tally;
import dev.dormouse.activator.wake.WakeFailure;
import dev.dormouse.activator.wake.WakeOutcome;
import dev.dormouse.units.manager.JobResult;
import dev.dormouse.units.service.Edge;
import dev.dormouse.units.service.ExposedPorts;
import dev.dormouse.units.service.ServiceDeclaration;
import dev.dormouse.units.service.SocketAccess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services that have to do with each other, on one agenda. */
class NeighboursTest {
    private static final Duration IDLE = Duration.ofMinutes(5);
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final InetSocketAddress ADDRESS = new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);

    private final ManualAgenda agenda = new ManualAgenda();
    private final Background background = new Background(agenda);
    private final List<String> wakes = new ArrayList<>();
    private final Map<String, Consumer<WakeOutcome>> waking = new TreeMap<>();
    private final Map<String, ServiceConfig> declared = new HashMap<>();
    private final Map<String, Service> held = new TreeMap<>();
    private final Map<String, FakeListener> listeners = new HashMap<>();
    private final StartingSystemd systemd = new StartingSystemd();
    private final Surroundings around = new Surroundings(
            agenda,
            background,
            (request, outcome) -> {
                wakes.add(request.name() + (request.handedOver() ? " handed over" : ""));
                waking.put(request.name(), outcome);
            },
            this::declaration,
            systemd,
            new Settings(Duration.ZERO, Duration.ofSeconds(10), 100),
            _ -> {},
            new Tally());
    private final Neighbours neighbours = new Neighbours(around, held);

    @TempDir
    private Path runtime;

    /** Starts what it is asked to. */
    private static final class StartingSystemd extends FakeSystemd {
        final List<String> started = new ArrayList<>();

        @Override
        public JobResult start(String unit) {
            started.add(unit);
            return JobResult.DONE;
        }
    }

    @BeforeEach
    void started() throws IOException {
        Files.createFile(runtime.resolve("started"));
    }

    @Test
    void whatIsNeededIsReadyFirst() {
        declare("db", "db", Optional.empty());
        declare("web", "web", Optional.empty(), "db");
        handOver("web");
        assertThat(wakes).isEmpty();
        assertThat(systemd.started).containsExactly("dormouse-proxy@db.service");

        handOver("db");
        assertThat(wakes).containsExactly("db handed over");
        ready("db");

        assertThat(wakes).containsExactly("db handed over", "web");
    }

    @Test
    void ifWhatIsNeededIsAwakeTheWakeBeginsAtOnce() {
        declare("db", "db", Optional.empty());
        declare("web", "web", Optional.empty(), "db");
        handOver("db");
        ready("db");

        handOver("web");

        assertThat(wakes).containsExactly("db handed over", "web");
        assertThat(systemd.started).isEmpty();
    }

    @Test
    void whatIsNeededAndJustFallsAsleepIsWokenAgain() {
        declare("db", "db", Optional.empty());
        declare("web", "web", Optional.empty(), "db");
        handOver("db");
        ready("db");
        of(listeners, "db").come();
        of(held, "db").takeBack(() -> {});
        handOver("web");
        assertThat(state("web")).isEqualTo("waking");

        background.pass(Duration.ofSeconds(11));
        assertThat(held).doesNotContainKey("db");
        handOver("db");
        ready("db");

        assertThat(wakes).containsExactly("db handed over", "db handed over", "web");
    }

    @Test
    void ifWhatIsNeededDoesNotWakeTheClientsOfBothAreClosed() {
        declare("db", "db", Optional.empty());
        declare("web", "web", Optional.empty(), "db");
        handOver("db");
        handOver("web");
        CompletableFuture<?> client = of(held, "web").address(Optional.empty());
        background.settle();

        of(waking, "db").accept(new WakeOutcome.Failed(WakeFailure.UNIT_FAILED, "container db: it did not start"));
        background.settle();

        assertThat(client).isCompletedExceptionally();
        assertThat(state("web")).isEqualTo("failed");
    }

    @Test
    void whatIsNeededAndNeverComesFailsTheWakeAtTheDeadline() {
        declare("db", "db", Optional.empty());
        declare("web", "web", Optional.empty(), "db");
        handOver("web");
        agenda.pass(DEADLINE);
        background.settle();

        assertThat(state("web")).isEqualTo("failed");
    }

    @Test
    void whatIsNeededSleepsAfterWhoNeedsIt() {
        declare("db", "db", Optional.empty());
        declare("web", "web", Optional.empty(), "db");
        handOver("db");
        ready("db");
        handOver("web");
        ready("web");
        of(listeners, "web").come();
        background.pass(IDLE.multipliedBy(3));
        assertThat(systemd.stopped).isEmpty();
        assertThat(state("db")).isEqualTo("awake");

        of(listeners, "web").leave();
        background.pass(IDLE.multipliedBy(2));

        assertThat(systemd.stopped)
                .containsSubsequence(
                        "dormouse-container@web.service",
                        "dormouse-proxy@web.service",
                        "dormouse-container@db.service",
                        "dormouse-proxy@db.service");
        assertThat(held).isEmpty();
    }

    @Test
    void aGroupSleepsWhenAllAreIdle() {
        declare("a", "a", Optional.of("shop"));
        declare("b", "b", Optional.of("shop"));
        handOver("a");
        handOver("b");
        ready("a");
        ready("b");
        of(listeners, "b").come();
        background.pass(IDLE.multipliedBy(2));
        assertThat(systemd.stopped).isEmpty();

        of(listeners, "b").leave();
        background.pass(IDLE.minusSeconds(1));
        assertThat(systemd.stopped).isEmpty();
        background.pass(Duration.ofSeconds(2));

        assertThat(systemd.stopped).contains("dormouse-container@a.service", "dormouse-container@b.service");
        assertThat(held).isEmpty();
    }

    @Test
    void aGroupWhoseMembersNeedEachOtherSleepsInOrder() {
        declare("db", "db", Optional.of("shop"));
        declare("web", "web", Optional.of("shop"), "db");
        handOver("db");
        ready("db");
        handOver("web");
        ready("web");
        background.pass(IDLE.multipliedBy(2));

        assertThat(systemd.stopped)
                .containsSubsequence("dormouse-container@web.service", "dormouse-container@db.service");
        assertThat(held).isEmpty();
    }

    @Test
    void ifOneCannotSleepTheOthersTakeClientsAgain() {
        declare("db", "db", Optional.of("shop"));
        declare("web", "web", Optional.of("shop"), "db");
        handOver("db");
        ready("db");
        handOver("web");
        ready("web");
        systemd.refusal = Optional.of("Access denied");
        background.pass(IDLE.plusSeconds(1));
        assertThat(state("web")).isEqualTo("listening");
        assertThat(state("db")).isEqualTo("awake");
        assertThat(of(listeners, "db").paused).isFalse();

        systemd.refusal = Optional.empty();
        background.pass(IDLE.plusSeconds(1));
        assertThat(held).isEmpty();
    }

    @Test
    void aContainerIsStoppedOnceAndOnlyWhenNobodyCanReachItAnyMore() {
        declare("one", "nginx", Optional.empty());
        declare("two", "nginx", Optional.empty());
        handOver("one");
        handOver("two");
        ready("one");
        ready("two");
        CompletableFuture<Void> pausing = of(listeners, "two").slowPause();
        background.pass(IDLE.plusSeconds(1));
        assertThat(of(listeners, "one").paused).isTrue();
        assertThat(systemd.stopped).as("two may still accept a client").isEmpty();

        of(listeners, "two").come();
        pausing.complete(null);
        background.settle();
        assertThat(systemd.stopped).isEmpty();
        assertThat(state("one")).isEqualTo("awake");
        assertThat(of(listeners, "one").paused).isFalse();

        of(listeners, "two").leave();
        background.pass(IDLE.multipliedBy(2));
        assertThat(systemd.stopped)
                .containsOnlyOnce("dormouse-container@nginx.service")
                .contains("dormouse-proxy@one.service", "dormouse-proxy@two.service");
        assertThat(held).isEmpty();
    }

    @Test
    void itStaysAwakeForTheLeastTimeItIsGiven() {
        declare("a", "a", Optional.empty(), Duration.ofMinutes(60));
        handOver("a");
        ready("a");

        background.pass(Duration.ofMinutes(59));
        assertThat(systemd.stopped).isEmpty();
        background.pass(Duration.ofMinutes(2));
        assertThat(systemd.stopped).contains("dormouse-container@a.service");
    }

    private ServiceConfig declaration(String name) {
        return Optional.ofNullable(declared.get(name)).orElseThrow(() -> new ConfigException("there is no " + name));
    }

    private void declare(String name, String container, Optional<String> group, String... after) {
        declare(name, container, group, Duration.ZERO, after);
    }

    private void declare(String name, String container, Optional<String> group, Duration minAwake, String... after) {
        declared.put(
                name,
                new ServiceConfig(
                        name,
                        List.of("80"),
                        80,
                        IDLE,
                        new Readiness.Listening(),
                        DEADLINE,
                        ServiceLimits.STANDARD,
                        new Relations(
                                container,
                                List.of(after),
                                group,
                                minAwake,
                                false,
                                SocketAccess.STANDARD,
                                ServiceDeclaration.Origin.ENABLE),
                        RestRules.NONE,
                        Edge.PLAIN));
    }

    private void handOver(String name) {
        Service service = new Service(name, around, neighbours, () -> {
            Service gone = held.remove(name);
            if (gone != null) {
                neighbours.left(gone);
            }
        });
        FakeListener listener = new FakeListener(agenda);
        listeners.put(name, listener);
        held.put(name, service);
        service.handOver(List.of(listener), Optional.empty());
        neighbours.came(service);
        background.settle();
    }

    private void ready(String name) {
        of(waking, name)
                .accept(new WakeOutcome.Ready(
                        ADDRESS,
                        declaration(name),
                        new ContainerFacts(
                                name,
                                Optional.of(ADDRESS.getAddress()),
                                new ExposedPorts(List.of(80), List.of()),
                                runtime,
                                false),
                        new CompletableFuture<>()));
        background.settle();
    }

    private static <T> T of(Map<String, T> map, String name) {
        return Objects.requireNonNull(map.get(name), name);
    }

    private String state(String name) {
        return of(held, name).snapshot().state();
    }
}
