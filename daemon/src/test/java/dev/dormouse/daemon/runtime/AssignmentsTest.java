package dev.dormouse.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssignmentsTest {
    @TempDir
    Path folder;

    @Test
    void whatIsWholeIsRead() throws IOException {
        Assignments read = Assignments.read(written("CODE=7\nSTARTED=1700000000123456789\n"), "CODE", "STARTED")
                .orElseThrow();
        assertThat(read.number("CODE")).isEqualTo(7);
        assertThat(read.instant("STARTED")).isEqualTo("2023-11-14T22:13:20.123456789Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\0\0\0\0",
                "CODE=7",
                "CODE=\n",
                "CODE=7\nBYHAND=\n",
                "CODE=x\n",
                "CODE=-1\n",
                "STARTED=1\n",
                "CODE=9999999999999999999\n",
                "CODE=99999999999999999999\n",
                "\0\0\0\n"
            })
    void whatIsDamagedIsNotThereAndNoTrouble(String text) throws IOException {
        assertThat(Assignments.read(written(text), "CODE")).isEmpty();
        assertThat(Assignments.read(folder.resolve("absent"), "CODE")).isEmpty();
    }

    private Path written(String text) throws IOException {
        return Files.writeString(folder.resolve("exit"), text);
    }
}
