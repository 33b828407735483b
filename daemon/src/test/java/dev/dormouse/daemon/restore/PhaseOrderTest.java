package dev.dormouse.daemon.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.daemon.container.ContainerState;
import dev.dormouse.daemon.lifecycle.Engine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No phase begins before the one before it has ended; callers wait for what they need and for no more. */
@Timeout(20)
class PhaseOrderTest {
    private static final int COUNT = 40;
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(20);

    @TempDir
    Path root;

    @Test
    void everyLookIsOverBeforeAnAddressIsTouchedAndNothingIsRemovedBeforeThat() throws Exception {
        try (Engine engine = Engine.in(root)) {
            IntStream.range(0, COUNT).forEach(i -> engine.createAutoRemoved("container-" + i));
            engine.containers.list().forEach(container -> {
                engine.containers.start(container.record().name());
            });
            engine.kill();
            engine.containers
                    .list()
                    .forEach(container -> engine.runtime.exit(container.record().id(), 0));
            Engine next = engine.unrestored();
            engine.runtime.observation().onLook(() -> next.phases.add("look"));
            next.removed(() -> next.phases.add("removed"));
            next.restore.run();
            List<String> order = next.phases.stream().distinct().toList();
            assertThat(order.getFirst()).isEqualTo("loading containers");
            assertThat(order)
                    .containsSubsequence(
                            "reconciling with what runs 0/" + COUNT,
                            "look",
                            "tearing down what has no record",
                            "restoring networks",
                            "addresses",
                            "restoring published ports",
                            "ports",
                            "removing leftovers 0/" + COUNT,
                            "removed",
                            "restoring names",
                            "running");
            assertThat(next.phases.stream().filter("look"::equals)).hasSize(COUNT);
            assertThat(next.phases.lastIndexOf("look"))
                    .isLessThan(next.phases.indexOf("tearing down what has no record"));
            assertThat(next.phases.indexOf("removed")).isGreaterThan(next.phases.indexOf("addresses"));
            next.close();
        }
    }

    @Test
    void oneThatIsRestoredIsNotWaitedForWhileAnotherOneIs() throws Exception {
        try (Engine engine = Engine.in(root)) {
            engine.create("slow");
            engine.create("quick");
            Engine next = engine.unrestored();
            var arrivals = next.containers.restoring().arrivals();
            assertThat(arrivals.await("quick", SHORT)).isFalse();
            CountDownLatch release = new CountDownLatch(1);
            next.runtime.observation().onLookAt(next.id("slow"), () -> await(release));
            CompletableFuture<Void> restoring = CompletableFuture.runAsync(next.restore::run);
            assertThat(arrivals.await("quick", LONG)).isTrue();
            assertThat(next.containers.inspect("quick").state()).isEqualTo(new ContainerState.Created());
            assertThat(arrivals.await("nobody", LONG)).isTrue();
            assertThat(arrivals.await("slow", SHORT)).isFalse();
            assertThat(arrivals.awaitAll(SHORT)).isFalse();
            assertThat(next.restore.progress().phase()).isEqualTo(RestorePhase.RECONCILING);
            release.countDown();
            assertThat(arrivals.await("slow", LONG)).isTrue();
            assertThat(arrivals.awaitAll(LONG)).isTrue();
            restoring.get();
            next.close();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
