package dev.dormouse.daemon.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.daemon.fault.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HalfWrittenTest {
    @TempDir
    Path folder;

    @Test
    void whatAKillLeftIsSweptAndNothingElse() throws IOException {
        Path file = folder.resolve("state.json");
        DurableFile.write(file, "old");
        Files.writeString(folder.resolve(".hidden.new"), "somebody's");
        try (Faults faults = Faults.killAt(new Faults.Point("rename state.json", 1))) {
            try {
                DurableFile.write(file, "new");
            } catch (Faults.Killed _) {
                assertThat(faults.isReached()).isTrue();
            }
        }
        assertThat(names()).hasSize(3);
        HalfWritten.sweep(folder);
        assertThat(names()).containsExactlyInAnyOrder("state.json", ".hidden.new");
        assertThat(file).hasContent("old");
    }

    @Test
    void foldersThatAreEmptyThenGoToo() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("a.d"));
        Files.createFile(empty.resolve(".50-restart.conf.1234.new"));
        Path used = Files.createDirectory(folder.resolve("b.d"));
        Files.createFile(used.resolve("mine.conf"));
        Files.createDirectory(folder.resolve("other"));
        HalfWritten.sweepFolders(folder, "*.d");
        assertThat(names()).containsExactlyInAnyOrder("b.d", "other");
        HalfWritten.sweepFolders(folder.resolve("absent"), "*");
        HalfWritten.sweep(folder.resolve("absent"));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
