package dev.dormouse.daemon.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.lifecycle.Containers.Container;
import dev.dormouse.daemon.lifecycle.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What must be true of an engine's files whenever nothing is under way. */
final class StateOnDisk {
    private StateOnDisk() {}

    /** Folders, names, addresses and compiled files are those of the listed containers and no others; nothing half written is there. */
    static void assertConsistent(Engine engine) throws IOException {
        List<ContainerRecord> records =
                engine.containers.list().stream().map(Container::record).toList();
        List<String> ids = records.stream().map(record -> record.id().value()).toList();
        assertThat(files(engine.folder.containers())).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(files(engine.folder.names()))
                .containsExactlyInAnyOrderElementsOf(
                        records.stream().map(ContainerRecord::name).toList());
        assertThat(engine.networks.holders())
                .containsExactlyInAnyOrderElementsOf(
                        records.stream().map(ContainerRecord::id).toList());
        assertThat(records).allMatch(record -> engine.runtime.isCompiled(record.id()));
        try (Stream<Path> all = Files.walk(engine.folder.root())) {
            assertThat(all.filter(path -> path.getFileName().toString().endsWith(".new")))
                    .as("half written files")
                    .isEmpty();
        }
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }
}
