package dev.dormouse.daemon.store;

import dev.dormouse.daemon.container.ContainerConfig;
import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.HostConfig;
import dev.dormouse.daemon.container.NetworkMode;
import dev.dormouse.daemon.container.RestartPolicy;
import dev.dormouse.daemon.image.ImageId;
import dev.dormouse.daemon.spec.ContainerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** State folders as an engine leaves them, made quickly: what makes them durable is not what is tested. */
final class ManyRecords {
    private ManyRecords() {}

    /** Records without facts, alike but for ids and names. */
    static void write(Path root, int count) throws IOException {
        StateFolder folder = new StateFolder(root);
        Files.createDirectories(folder.containers());
        Files.createDirectories(folder.names());
        ContainerRecord template = record("template");
        String json = RecordFormat.write(template);
        for (int i = 0; i < count; i++) {
            ContainerId id = ContainerId.random();
            Files.createDirectory(folder.container(id));
            Files.writeString(
                    folder.config(id),
                    json.replace(template.id().value(), id.value()).replace("\"template\"", "\"container-" + i + "\""));
            Files.createSymbolicLink(folder.names().resolve("container-" + i), Path.of("../containers", id.value()));
        }
    }

    static ContainerRecord write(Path root, String name) throws IOException {
        ContainerRecord record = record(name);
        StateFolder folder = new StateFolder(root);
        Files.createDirectories(folder.container(record.id()));
        Files.createDirectories(folder.names());
        Files.writeString(folder.config(record.id()), RecordFormat.write(record));
        Files.writeString(folder.state(record.id()), RecordFormat.write(ContainerFacts.NONE.withCompiled(true)));
        Path link = folder.names().resolve(name);
        if (Files.notExists(link)) {
            Files.createSymbolicLink(link, Path.of("../containers", record.id().value()));
        }
        return record;
    }

    private static ContainerRecord record(String name) {
        ContainerConfig config = new ContainerConfig(
                "",
                "",
                List.of("SECRET=hush"),
                Optional.empty(),
                Optional.empty(),
                "",
                Map.of(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "");
        HostConfig host = new HostConfig(
                NetworkMode.NONE,
                List.of(),
                List.of(),
                false,
                false,
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                0,
                0,
                0,
                64L << 20,
                false,
                RestartPolicy.NO);
        return new ContainerRecord(
                ContainerRecord.SCHEMA,
                ContainerId.random(),
                name,
                name,
                Instant.parse("2026-11-24T10:00:00Z"),
                new ImageId("b".repeat(64)),
                config,
                host,
                List.of());
    }
}
