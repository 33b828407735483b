package dev.dormouse.daemon.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.ContainerState;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.event.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ConcurrentVerbsTest {
    private static final Optional<Integer> FOR_EVER = Optional.of(-1);

    @TempDir
    Path root;

    private Engine engine;
    private Containers containers;

    @BeforeEach
    void open() {
        engine = Engine.in(root);
        containers = engine.containers;
    }

    @AfterEach
    void close() throws IOException {
        engine.close();
    }

    @RepeatedTest(5)
    void twentyStartsAtOnceStartOnce() throws Exception {
        engine.create("nginx");
        List<Optional<EngineException>> results = atOnce(20, _ -> containers.start("nginx"));
        assertThat(results).filteredOn(Optional::isEmpty).hasSize(1);
        assertThat(results.stream().flatMap(Optional::stream))
                .hasSize(19)
                .allMatch(EngineException.NotModified.class::isInstance);
        assertThat(engine.happened()).containsExactly("create", "start");
    }

    @RepeatedTest(5)
    void ofTwentyCreatesOfOneNameExactlyOneWins() throws Exception {
        List<Optional<EngineException>> results = atOnce(20, _ -> engine.create("nginx"));
        assertThat(results).filteredOn(Optional::isEmpty).hasSize(1);
        assertThat(results.stream().flatMap(Optional::stream))
                .hasSize(19)
                .allMatch(EngineException.Conflict.class::isInstance);
        assertThat(engine.networks.holders())
                .containsExactly(containers.inspect("nginx").record().id());
    }

    @RepeatedTest(10)
    void aRemoveAgainstAStartEndsInOneOfTwoOrders() throws Exception {
        ContainerRecord made = engine.create("nginx");
        List<Optional<EngineException>> results = atOnce(2, i -> {
            if (i == 0) {
                containers.start("nginx");
            } else {
                containers.remove("nginx", false);
            }
        });
        boolean started = results.get(0).isEmpty();
        if (started) {
            assertThat(results.get(1)).containsInstanceOf(EngineException.Conflict.class);
            assertThat(containers.inspect("nginx").state()).isInstanceOf(ContainerState.Running.class);
        } else {
            assertThat(results.get(0)).containsInstanceOf(EngineException.NotFound.class);
            assertThat(results.get(1)).isEmpty();
            assertThat(engine.folder.container(made.id())).doesNotExist();
        }
    }

    @Test
    void aStopThatTakesForEverHoldsUpNeitherInspectNorListNorKill() throws Exception {
        Future<?> stop = stopForEver();
        assertThat(containers.inspect("deaf").state()).isInstanceOf(ContainerState.Running.class);
        assertThat(containers.list()).hasSize(1);
        assertThat(stop.isDone()).isFalse();
        containers.kill("deaf", "KILL");
        stop.get();
        assertThat(containers.inspect("deaf").state()).isInstanceOf(ContainerState.Exited.class);
    }

    @Test
    void aForcedRemovalDoesNotWaitForAStopThatTakesForEver() throws Exception {
        Future<?> stop = stopForEver();
        containers.remove("deaf", true);
        stop.get();
        assertThat(containers.list()).isEmpty();
    }

    @Test
    void aStopGoesOnWhenItsClientIsGone() throws Exception {
        ContainerRecord made = engine.create("deaf");
        containers.start("deaf");
        engine.runtime.ignoreStopSignal(made.id());
        CountDownLatch stopping = onEvent("kill");
        CountDownLatch stopped = onEvent("stop");
        Thread client = Thread.ofVirtual()
                .unstarted(() -> assertThatThrownBy(() -> containers.stop("deaf", FOR_EVER, Optional.empty()))
                        .isInstanceOf(EngineException.Failed.class)
                        .hasMessageContaining("goes on"));
        client.start();
        stopping.await();
        client.interrupt();
        client.join();
        engine.runtime.exit(made.id(), 0);
        stopped.await();
    }

    private Future<?> stopForEver() throws InterruptedException {
        ContainerRecord made = engine.create("deaf");
        containers.start("deaf");
        engine.runtime.ignoreStopSignal(made.id());
        CountDownLatch stopping = onEvent("kill");
        FutureTask<?> stop = new FutureTask<>(() -> containers.stop("deaf", FOR_EVER, Optional.empty()), null);
        Thread.ofVirtual().start(stop);
        stopping.await();
        return stop;
    }

    private CountDownLatch onEvent(String action) {
        CountDownLatch latch = new CountDownLatch(1);
        engine.events.follow(
                Optional.empty(),
                (Event event) -> {
                    if (event.action().equals(action)) {
                        latch.countDown();
                    }
                },
                () -> {});
        return latch;
    }

    private interface Verb {
        void run(int i);
    }

    /** What each of them threw, if anything. */
    private static List<Optional<EngineException>> atOnce(int count, Verb verb)
            throws InterruptedException, ExecutionException {
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Optional<EngineException>>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                int number = i;
                Callable<Optional<EngineException>> call = () -> {
                    go.await();
                    try {
                        verb.run(number);
                        return Optional.empty();
                    } catch (EngineException e) {
                        return Optional.of(e);
                    }
                };
                running.add(threads.submit(call));
            }
            go.countDown();
        }
        List<Optional<EngineException>> results = new ArrayList<>();
        for (Future<Optional<EngineException>> call : running) {
            results.add(call.get());
        }
        return results;
    }
}
