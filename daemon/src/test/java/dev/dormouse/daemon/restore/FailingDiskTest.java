package dev.dormouse.daemon.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.fault.Faults;
import dev.dormouse.daemon.fault.InMemory;
import dev.dormouse.daemon.lifecycle.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Each step of each verb fails in turn, as on a full disk; the client is told why, and the same engine can do it afterwards. */
@Timeout(60)
class FailingDiskTest {
    private static final String FULL = "No space left on device";

    @TempDir(factory = InMemory.class)
    Path root;

    @ParameterizedTest
    @FieldSource("dev.dormouse.daemon.restore.Verb#ALL")
    void atEachStep(Verb verb) throws Exception {
        List<Faults.Point> points;
        try (Engine engine = fresh(verb + " recorded")) {
            engine.create("kept");
            verb.before().accept(engine);
            points = Faults.record(() -> verb.request().accept(engine));
        }
        for (Faults.Point point : points) {
            try (Engine engine = fresh(verb + " " + point)) {
                ContainerRecord kept = engine.create("kept");
                verb.before().accept(engine);
                fail(point, () -> verb.request().accept(engine));
                assertThat(engine.containers.inspect("kept").record()).isEqualTo(kept);
                List<String> there = engine.containers.list().stream()
                        .map(container -> container.record().name())
                        .filter(name -> !name.equals("kept"))
                        .toList();
                for (String name : there) {
                    engine.containers.remove(name, true);
                }
                engine.create("nginx");
                StateOnDisk.assertConsistent(engine);
                engine.containers.start("nginx");
                engine.containers.stop("nginx", Optional.empty(), Optional.empty());
                try (Engine next = engine.next()) {
                    StateOnDisk.assertConsistent(next);
                }
            }
        }
    }

    /** A step that nothing depends on may fail in silence, in the log. */
    private static void fail(Faults.Point point, Runnable verb) {
        try (Faults faults = Faults.failAt(point, FULL)) {
            Throwable thrown = catchThrowable(() -> {
                verb.run();
                Engine.awaitAfterExits();
            });
            assertThat(faults.isReached()).as("passed again: %s", point).isTrue();
            if (thrown != null) {
                assertThat(thrown).isInstanceOf(EngineException.class).hasMessageContaining(FULL);
            }
        }
    }

    private Engine fresh(String name) throws Exception {
        return Engine.in(Files.createDirectories(root.resolve(name.replace('/', '_'))));
    }
}
