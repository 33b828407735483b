package dev.dormouse.daemon.restart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.daemon.container.ContainerConfig;
import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.ContainerState;
import dev.dormouse.daemon.container.RestartPolicy;
import dev.dormouse.daemon.event.Event;
import dev.dormouse.daemon.health.HealthStatus;
import dev.dormouse.daemon.lifecycle.Engine;
import dev.dormouse.daemon.runtime.Restarts;
import dev.dormouse.daemon.spec.ContainerId;
import dev.dormouse.daemon.spec.Healthcheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class AutostartTest {
    @TempDir
    Path root;

    @TempDir
    Path run;

    private final ConcurrentLinkedQueue<Duration> pauses = new ConcurrentLinkedQueue<>();
    private final Map<ContainerId, HealthStatus> health = new ConcurrentHashMap<>();
    private Engine engine;
    private Path bootId;

    @BeforeEach
    void open() throws IOException {
        engine = Engine.in(root);
        bootId = Files.writeString(run.resolve("boot_id"), "first\n");
    }

    @AfterEach
    void close() throws IOException {
        engine.close();
    }

    @Test
    void dependenciesComeFirstOnceABoot() throws Exception {
        ran("web", "always", "db:service_started:true", Optional.empty());
        ran("db", "unless-stopped", "", Optional.empty());
        ran("plain", "no", "", Optional.empty());
        engine.create("never");

        autostart(Duration.ofSeconds(5)).run();

        assertThat(started()).containsExactly("db", "web");
        assertThat(pauses).hasSize(2).allMatch(pause -> pause.compareTo(StartPace.JITTER) <= 0);
        engine.containers.stop("web", Optional.empty(), Optional.empty());
        engine.containers.stop("db", Optional.empty(), Optional.empty());
        autostart(Duration.ofSeconds(5)).run();
        assertThat(started()).as("the same boot").containsExactly("db", "web");
        Files.writeString(bootId, "second\n");
        autostart(Duration.ofSeconds(5)).run();
        assertThat(started()).as("always forgets the stop").containsExactly("db", "web", "web");
    }

    @Test
    void aCircleAndADependencyThatCannotStartDelayNobodyForLong() throws Exception {
        ran("well", "always", "broken:service_started:false", Optional.empty());
        ContainerRecord broken = ran("broken", "always", "well:service_started:false", Optional.empty());
        engine.runtime.failStart(broken.id(), "no more memory");

        autostart(Duration.ofSeconds(5)).run();

        assertThat(started()).containsExactly("well");
        assertThat(engine.containers.inspect("broken").state())
                .isInstanceOfSatisfying(
                        ContainerState.Exited.class,
                        exited -> assertThat(exited.error()).contains("no more memory"));
    }

    @Test
    void aRestartThatAnEarlierEngineWasToMakeIsMade() throws Exception {
        ContainerRecord web = ran("web", "always", "", Optional.empty());
        engine.runtime.plan(web.id(), new Restarts(1, Optional.of(Instant.now()), false, false, Optional.empty()));
        autostart(Duration.ofSeconds(5)).run();
        // The event is the last of a start: nothing is written after it.
        while (!started().equals(List.of("web"))) {
            Thread.onSpinWait();
        }
        assertThat(pauses).as("it is no start of a boot").isEmpty();
    }

    @Test
    void whatMustCompleteIsWaitedForUntilItHas() throws Exception {
        ran("web", "always", "init:service_completed_successfully:false", Optional.empty());
        ContainerRecord init = ran("init", "always", "", Optional.empty());
        engine.runtime.exitAtOnce(init.id(), 0);

        autostart(Duration.ofSeconds(5)).run();

        assertThat(started()).containsExactly("init", "web");
    }

    @Test
    void whatNeverCompletesIsNotWaitedForForEver() throws Exception {
        ran("web", "always", "server:service_completed_successfully:false", Optional.empty());
        ran("server", "always", "", Optional.empty());

        autostart(Duration.ofMillis(50)).run();

        assertThat(started()).containsExactly("server", "web");
    }

    @Test
    void whatMustBeHealthyIsWaitedForAndOneThatIsUnhealthyIsNot() throws Exception {
        Healthcheck check = new Healthcheck(
                List.of("CMD", "true"), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ZERO, Duration.ZERO, 3);
        ContainerRecord db = ran("db", "always", "", Optional.of(check));
        ContainerRecord sick = ran("sick", "always", "", Optional.of(check));
        ran("web", "always", "db:service_healthy:false,sick:service_healthy:false", Optional.empty());
        health.put(db.id(), HealthStatus.STARTING);
        health.put(sick.id(), HealthStatus.UNHEALTHY);
        Autostart autostart = autostart(Duration.ofSeconds(15));
        Thread running = Thread.ofVirtual().start(() -> {
            try {
                autostart.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        while (started().size() < 2) {
            Thread.onSpinWait();
        }
        assertThat(autostart.isUnderWay()).isTrue();
        assertThat(started()).containsExactlyInAnyOrder("db", "sick");
        health.put(db.id(), HealthStatus.HEALTHY);
        running.join();
        assertThat(started()).last().isEqualTo("web");
        assertThat(autostart.isUnderWay()).isFalse();
    }

    @Test
    void healthIsOneWordInAFile() throws IOException {
        ContainerId id = ContainerId.random();
        HealthWords files = new HealthWords(run);
        assertThat(files.of(id)).isEmpty();
        Path file = Files.createDirectory(run.resolve(id.value())).resolve("health");
        for (HealthStatus word : HealthStatus.values()) {
            Files.writeString(file, word.name().toLowerCase(java.util.Locale.ROOT) + "\n");
            assertThat(files.of(id)).contains(word);
        }
        Files.writeString(file, "");
        assertThat(files.of(id)).isEmpty();
    }

    /** A container that has run and has been down since. */
    private ContainerRecord ran(String name, String policy, String dependsOn, Optional<Healthcheck> check) {
        Map<String, String> labels =
                new HashMap<>(Map.of("com.docker.compose.project", "p", "com.docker.compose.service", name));
        labels.put("com.docker.compose.depends_on", dependsOn);
        RestartPolicy.Kind kind = RestartPolicy.Kind.of(policy).orElseThrow();
        ContainerRecord record = engine.containers.create(
                Optional.of(name), config(labels, check), Engine.host().withRestartPolicy(new RestartPolicy(kind, 0)));
        engine.containers.start(name);
        engine.runtime.exit(record.id(), 1);
        return record;
    }

    private Autostart autostart(Duration patience) {
        return new Autostart(
                engine.containers,
                engine.containers.restoring(),
                new BootMark(run.resolve("autostarted"), bootId),
                new DependencyWait(engine.containers, id -> Optional.ofNullable(health.get(id)), patience),
                new StartPace(4, new Random(7), pauses::add));
    }

    /** Names in the order of their starts, but for the first of each. */
    private List<String> started() {
        Map<String, Integer> seen = new HashMap<>();
        return engine.events.since(Instant.EPOCH).stream()
                .filter(event -> event.action().equals("start"))
                .map(AutostartTest::name)
                .filter(name -> seen.merge(name, 1, Integer::sum) > 1)
                .toList();
    }

    private static String name(Event event) {
        return event.attributes().getOrDefault("name", "");
    }

    static ContainerConfig labelled(Map<String, String> labels) {
        return config(labels, Optional.empty());
    }

    private static ContainerConfig config(Map<String, String> labels, Optional<Healthcheck> check) {
        ContainerConfig plain = Engine.config();
        return new ContainerConfig(
                plain.hostname(),
                plain.user(),
                plain.env(),
                plain.entrypoint(),
                plain.cmd(),
                plain.workingDir(),
                labels,
                plain.exposedPorts(),
                plain.stopSignal(),
                plain.stopTimeoutSeconds(),
                check,
                plain.image());
    }
}
