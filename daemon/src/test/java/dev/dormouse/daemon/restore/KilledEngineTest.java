package dev.dormouse.daemon.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.lifecycle.Engine;
import dev.dormouse.daemon.store.StoreStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine is killed before each change it makes on disk, in turn; the next engine finds everything that was acknowledged. */
@Timeout(20)
class KilledEngineTest {
    @TempDir
    Path root;

    private final Killer killer = new Killer();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void whileCreating(int changesMade) throws Exception {
        try (Engine engine = Engine.in(root, killer)) {
            ContainerRecord kept = engine.create("kept");
            killAfter(changesMade, () -> engine.create("nginx"));
            try (Engine next = engine.next()) {
                assertThat(next.containers.inspect("kept").record()).isEqualTo(kept);
                next.containers.list().forEach(container -> {
                    assertThat(next.runtime.isCompiled(container.record().id())).isTrue();
                    assertThat(container.record().networks()).hasSize(1);
                });
                assertConsistent(next);
                if (next.containers.list().size() == 1) {
                    next.create("nginx"); // not acknowledged, not there: its name is free
                }
                next.containers.start("nginx");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void whileRenaming(int changesMade) throws Exception {
        try (Engine engine = Engine.in(root, killer)) {
            ContainerRecord made = engine.create("old");
            killAfter(changesMade, () -> engine.containers.rename("old", "new"));
            try (Engine next = engine.next()) {
                String name =
                        next.containers.inspect(made.id().value()).record().name();
                assertThat(name).isEqualTo(changesMade < 3 ? "old" : "new");
                assertConsistent(next);
                next.create(name.equals("old") ? "new" : "old");
                next.containers.start(name);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void whileRemoving(int changesMade) throws Exception {
        try (Engine engine = Engine.in(root, killer)) {
            ContainerRecord made = engine.create("nginx");
            Files.createDirectories(engine.folder.container(made.id()).resolve("upper/etc"));
            killAfter(changesMade, () -> engine.containers.remove("nginx", false));
            try (Engine next = engine.next()) {
                assertThat(next.containers.list()).hasSize(changesMade == 0 ? 1 : 0);
                assertConsistent(next);
                if (changesMade > 0) {
                    assertThat(next.runtime.isCompiled(made.id())).isFalse();
                    next.create("nginx");
                }
            }
        }
    }

    /** Folders, names and addresses are those of the listed containers and no others. */
    private static void assertConsistent(Engine engine) throws IOException {
        List<ContainerRecord> records = engine.containers.list().stream()
                .map(container -> container.record())
                .toList();
        List<String> ids = records.stream().map(record -> record.id().value()).toList();
        assertThat(files(engine.folder.containers())).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(files(engine.folder.names()))
                .containsExactlyInAnyOrderElementsOf(
                        records.stream().map(ContainerRecord::name).toList());
        assertThat(engine.networks.holders())
                .containsExactlyInAnyOrderElementsOf(
                        records.stream().map(ContainerRecord::id).toList());
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }

    private void killAfter(int changes, Runnable verb) {
        killer.left = Optional.of(changes);
        assertThatThrownBy(verb::run).isInstanceOf(Killed.class);
        killer.left = Optional.empty();
    }

    /** Lets so many changes through, and none after that: nothing is undone either. */
    private static final class Killer implements Consumer<StoreStep> {
        private volatile Optional<Integer> left = Optional.empty();
        private final List<StoreStep> made = new ArrayList<>();

        @Override
        public void accept(StoreStep step) {
            if (left.equals(Optional.of(0))) {
                throw new Killed(made + ", then killed before " + step);
            }
            left = left.map(count -> count - 1);
            made.add(step);
        }
    }

    /** An Error, so that no verb's clean-up runs. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed(String message) {
            super(message);
        }
    }
}
