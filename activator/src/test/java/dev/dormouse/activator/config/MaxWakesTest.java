package dev.dormouse.activator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaxWakesTest {
    @TempDir
    private Path folder;

    @Test
    void withoutAFileItIsFourForEachProcessor() throws IOException {
        assertThat(read("0-1")).isEqualTo(8);
        assertThat(read("0")).isEqualTo(4);
        assertThat(read("0-3,8,10-11")).isEqualTo(28);
    }

    @Test
    void theFileSaysAnother() throws IOException {
        Files.writeString(folder.resolve("max-wakes"), "3\n");
        assertThat(read("0-1")).isEqualTo(3);
    }

    @Test
    void anythingElseIsAnErrorThatNamesTheFile() throws IOException {
        Files.writeString(folder.resolve("max-wakes"), "0\n");
        assertThatThrownBy(() -> read("0-1"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("max-wakes: must hold one whole number from 1 to 10000");
    }

    private int read(String online) throws IOException {
        Files.writeString(folder.resolve("online"), online + "\n");
        return MaxWakes.read(folder.resolve("max-wakes"), folder.resolve("online"));
    }
}
