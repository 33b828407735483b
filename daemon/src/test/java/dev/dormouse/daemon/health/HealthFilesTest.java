package dev.dormouse.daemon.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthFilesTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00.123456789Z");
    private static final Health HEALTH = new Health(
            HealthStatus.HEALTHY, 1, List.of(new HealthResult(START, START.plusSeconds(1), 1, "no \"luck\"\n")));

    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenIsReadForThatRunAlone() throws IOException {
        HealthFiles files = new HealthFiles(folder);
        files.write(START, HEALTH);

        assertThat(files.of(START)).contains(HEALTH);
        assertThat(files.of(START.plusNanos(1))).isEmpty();
        assertThat(files.ofLastRun()).contains(HEALTH);
    }

    @Test
    void theWordIsForAllTheOutputForRoot() throws IOException {
        new HealthFiles(folder).write(START, HEALTH);

        assertThat(folder.resolve("health")).hasContent("healthy\n");
        assertThat(permissions("health")).isEqualTo("rw-r--r--");
        assertThat(permissions("health.json")).isEqualTo("rw-------");
        try (var left = Files.list(folder)) {
            assertThat(left).hasSize(2);
        }
    }

    @Test
    void withoutFilesNothingIsKnown() {
        assertThat(new HealthFiles(folder.resolve("gone")).of(START)).isEmpty();
    }

    @Test
    void aChangeIsTakenOnceAndTheLastOneCounts() throws IOException {
        HealthChanges changes = new HealthChanges(folder.resolve("health"));
        String id = "a".repeat(64);
        changes.tell(new HealthChanges.Change(id, START, HealthStatus.HEALTHY));
        HealthChanges.Change last = new HealthChanges.Change(id, START.plusSeconds(9), HealthStatus.UNHEALTHY);
        changes.tell(last);

        assertThat(changes.untold()).containsExactly(id);
        assertThat(changes.take(id)).contains(last);
        assertThat(changes.take(id)).isEmpty();
        assertThat(changes.untold()).isEmpty();
    }

    private String permissions(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file)));
    }
}
