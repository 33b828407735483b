package dev.dormouse.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.daemon.api.DockerApi;
import dev.dormouse.daemon.api.EngineGate;
import dev.dormouse.daemon.api.EngineParts;
import dev.dormouse.daemon.api.EngineStatus;
import dev.dormouse.daemon.api.FakeConfig;
import dev.dormouse.daemon.api.http.HttpServer;
import dev.dormouse.daemon.config.Life;
import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.NetworkMode;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.runtime.ContainerRecords;
import dev.dormouse.daemon.shutdown.RunningContainers;
import dev.dormouse.daemon.shutdown.ShutdownException;
import dev.dormouse.daemon.shutdown.ShutdownPhase;
import dev.dormouse.daemon.shutdown.StopReason;
import dev.dormouse.units.notify.Notifier;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WayDownTest {
    private static final Life DOCKERS = new Life(false, 15, Duration.ZERO);

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final EngineGate gate =
            new EngineGate(() -> new EngineStatus("running", Path.of("/nowhere"), false), Duration.ofSeconds(1));
    private final HttpServer server = DockerApi.server(gate, new FakeConfig(), Clock.systemUTC());
    private final Notifier notifier = (Notifier)
            Proxy.newProxyInstance(Notifier.class.getClassLoader(), new Class<?>[] {Notifier.class}, (_, method, _) -> {
                log.add(method.getName());
                return null;
            });

    @AfterEach
    void close() {
        server.close();
    }

    /** An engine with one running container; what is named fails. */
    private final class OneContainer implements Engine {
        private final List<String> failing;
        private final ContainerRecord container = ContainerRecords.with(
                "web", ContainerRecords.config(List.of("serve")), ContainerRecords.host(NetworkMode.NONE));

        OneContainer(String... failing) {
            this.failing = List.of(failing);
        }

        private void step(String name) {
            log.add(name);
            if (failing.contains(name)) {
                throw new EngineException.Failed(name + " is on fire");
            }
        }

        @Override
        public EngineStatus status() {
            throw new IllegalStateException("nobody asks");
        }

        @Override
        public EngineParts parts() {
            throw new IllegalStateException("nobody asks");
        }

        @Override
        public EngineGate.Restoration restoration() {
            return EngineGate.Restoration.COMPLETE;
        }

        @Override
        public void restore(Consumer<String> progress) {
            throw new IllegalStateException("it has restored");
        }

        @Override
        public void autostart() {
            throw new IllegalStateException("it has restored");
        }

        @Override
        public RunningContainers running() {
            return new RunningContainers() {
                @Override
                public List<ContainerRecord> running() {
                    return List.of(container);
                }

                @Override
                public void stop(ContainerRecord stopped) {
                    step("stop " + stopped.name());
                }

                @Override
                public void kill(ContainerRecord killed) {
                    step("kill " + killed.name());
                }
            };
        }

        @Override
        public StopReason whyStopping() {
            return StopReason.STOP;
        }

        @Override
        public List<ShutdownPhase> closing() {
            return List.of(
                    ShutdownPhase.of("events", () -> step("events")),
                    ShutdownPhase.of("systemd", () -> step("systemd")));
        }
    }

    private void go(StopReason reason, Life life, OneContainer engine) {
        new WayDown(server, gate, notifier, life).go(reason, Optional.of(engine), () -> Optional.of(engine));
    }

    @Test
    void systemdIsToldFirstThenContainersEndThenWhatTheyNeed() {
        go(StopReason.STOP, DOCKERS, new OneContainer());
        assertThat(log).containsExactly("stopping", "extendTimeout", "stop web", "events", "systemd");
    }

    @Test
    void containersAreLeftWhereTheyAreToBe() {
        for (StopReason reason : List.of(StopReason.RESTART, StopReason.IDLE, StopReason.UNKNOWN)) {
            log.clear();
            go(reason, DOCKERS, new OneContainer());
            assertThat(log).as(reason.words()).containsExactly("stopping", "extendTimeout", "events", "systemd");
        }
    }

    @Test
    void liveRestoreLeavesThemWhateverTheReason() {
        for (StopReason reason : StopReason.values()) {
            log.clear();
            go(reason, new Life(true, 15, Duration.ZERO), new OneContainer());
            assertThat(log).as(reason.words()).doesNotContain("stop web").endsWith("events", "systemd");
        }
    }

    @Test
    void whatFailsKeepsNothingFromBeingClosed() {
        assertThatThrownBy(() -> go(StopReason.MACHINE, DOCKERS, new OneContainer("stop web", "events")))
                .isInstanceOf(ShutdownException.class)
                .hasMessageContaining("2 failed: containers, events")
                .satisfies(e -> assertThat(e.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .last()
                        .isEqualTo("events is on fire"));
        assertThat(log).endsWith("stop web", "events", "systemd");
    }

    @Test
    void anEngineThatHasNotRestoredSaysThatItLeavesThem() {
        OneContainer engine = new OneContainer();
        assertThatThrownBy(() -> new WayDown(server, gate, notifier, DOCKERS)
                        .go(StopReason.STOP, Optional.of(engine), Optional::empty))
                .isInstanceOf(ShutdownException.class)
                .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessageContaining("has not restored them"));
        assertThat(log).containsExactly("stopping", "extendTimeout", "events", "systemd");
    }
}
