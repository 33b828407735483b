package dev.dormouse.activator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.activator.service.ServiceSnapshot;
import dev.dormouse.activator.wake.WakePhases;
import dev.dormouse.proxy.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusServerTest {
    @TempDir
    private Path folder;

    @Test
    void everyConnectionGetsOneDocument() throws Exception {
        Path path = folder.resolve("status");
        List<ServiceSnapshot> snapshots = List.of(
                new ServiceSnapshot(
                        "nginx",
                        "awake",
                        3,
                        0,
                        0,
                        Optional.of(new WakePhases(
                                Duration.ZERO,
                                Optional.of(Duration.ofMillis(31)),
                                Optional.empty(),
                                Duration.ofMillis(43),
                                Optional.of(Duration.ofMillis(44)))),
                        Traffic.NONE),
                new ServiceSnapshot("redis", "waking", 2, 2, 0, Optional.empty(), Traffic.NONE));
        Thread thread;
        try (StatusServer server = StatusServer.listen(path, () -> snapshots)) {
            thread = Thread.ofPlatform().start(server::serve);
            for (int i = 0; i < 2; i++) {
                assertThat(StatusReader.read(path))
                        .contains(new StatusDocument(
                                1,
                                List.of(
                                        new StatusDocument.Service(
                                                "nginx",
                                                "awake",
                                                3,
                                                0,
                                                List.of(new StatusDocument.Wake(0, 31, -1, 43, 44))),
                                        new StatusDocument.Service("redis", "waking", 2, 2, List.of()))));
            }
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-rw-rw-");
        }
        assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
        assertThat(path).doesNotExist();
    }

    @Test
    void withoutAnActivatorThereIsNoDocument() throws IOException {
        assertThat(StatusReader.read(folder.resolve("status"))).isEmpty();
    }
}
