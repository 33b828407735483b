package dev.dormouse.daemon.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.ContainerState;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.fault.Faults;
import dev.dormouse.daemon.fault.InMemory;
import dev.dormouse.daemon.lifecycle.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The engine is killed before each step of each verb in turn, those that the verb was seen to pass; the next engine finds everything that
 * was acknowledged, and can use it.
 */
@Timeout(60)
class KilledEngineTest {
    @TempDir(factory = InMemory.class)
    Path root;

    @ParameterizedTest
    @FieldSource("dev.dormouse.daemon.restore.Verb#ALL")
    void atEachStep(Verb verb) throws Exception {
        List<Faults.Point> points = passed(verb);
        assertThat(points).as("steps of " + verb).hasSizeGreaterThan(1);
        for (Faults.Point point : points) {
            try (Engine engine = fresh(verb + " " + point)) {
                ContainerRecord kept = engine.create("kept");
                verb.before().accept(engine);
                killAt(point, () -> verb.request().accept(engine));
                try (Engine next = engine.next()) {
                    assertThat(next.containers.inspect("kept").record())
                            .as("%s", point)
                            .isEqualTo(kept);
                    StateOnDisk.assertConsistent(next);
                    usable(next, point);
                }
            }
        }
    }

    /** A client that was not answered asks again, or asks for something else: nothing is in its way. */
    private static void usable(Engine engine, Faults.Point point) {
        List<String> there = new ArrayList<>(engine.containers.list().stream()
                .map(container -> container.record().name())
                .toList());
        there.remove("kept");
        assertThat(there).as("%s", point).hasSizeLessThanOrEqualTo(1).isSubsetOf("nginx", "caddy");
        if (there.isEmpty()) {
            engine.create("nginx");
            there.add("nginx");
        }
        String name = there.getFirst();
        engine.create(name.equals("nginx") ? "caddy" : "nginx");
        stopIfRunning(engine, name);
        engine.containers.start(name);
        engine.containers.remove(name, true);
        engine.create(name);
    }

    private static void stopIfRunning(Engine engine, String name) {
        try {
            engine.containers.stop(name, Optional.empty(), Optional.empty());
        } catch (EngineException.NotModified _) {
            assertThat(engine.containers.inspect(name).state()).isNotInstanceOf(ContainerState.Running.class);
        }
    }

    private List<Faults.Point> passed(Verb verb) throws Exception {
        try (Engine engine = fresh(verb + " recorded")) {
            engine.create("kept");
            verb.before().accept(engine);
            return Faults.record(() -> verb.request().accept(engine));
        }
    }

    private Engine fresh(String name) throws Exception {
        return Engine.in(Files.createDirectories(root.resolve(name.replace('/', '_'))));
    }

    /** What comes after the client has its answer, it does not wait for: there the verb returns. */
    private static void killAt(Faults.Point point, Runnable verb) {
        try (Faults faults = Faults.killAt(point)) {
            Throwable thrown = catchThrowable(() -> {
                verb.run();
                Engine.awaitAfterExits();
            });
            assertThat(faults.isReached()).as("passed again: %s", point).isTrue();
            if (thrown != null) {
                assertThat(thrown).isInstanceOf(Faults.Killed.class);
            }
        }
    }
}
