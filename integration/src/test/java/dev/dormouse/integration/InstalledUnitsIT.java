package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What ./install left on a booted system. */
class InstalledUnitsIT {
    @Test
    void pid1IsSystemd() throws IOException {
        assertThat(Files.readString(Path.of("/proc/1/comm"))).isEqualToIgnoringNewLines("systemd");
    }
}
