package dev.dormouse.activator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalZoneTest {
    @TempDir
    private Path folder;

    @Test
    void isThatOfTheLinkAsItIsNow() throws IOException {
        Path link = folder.resolve("localtime");
        Files.createSymbolicLink(link, Path.of("/usr/share/zoneinfo/Asia/Tokyo"));
        assertThat(LocalZone.of(link)).isEqualTo(ZoneId.of("Asia/Tokyo"));

        Files.delete(link);
        Files.createSymbolicLink(link, Path.of("../usr/share/zoneinfo/America/New_York"));
        assertThat(LocalZone.of(link)).isEqualTo(ZoneId.of("America/New_York"));
    }

    @Test
    void withoutALinkItIsJavas() {
        assertThat(LocalZone.of(folder.resolve("none"))).isEqualTo(ZoneId.systemDefault());
    }
}
