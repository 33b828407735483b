package dev.dormouse.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.daemon.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code container-passed} waits for, with a {@code systemctl} and a {@code sleep} that say and do what the test tells them to. */
class PassedScriptTest {
    private static final Path SCRIPT =
            Path.of("../units/src/main/lib/container-passed").toAbsolutePath();

    @TempDir
    private Path folder;

    @BeforeEach
    void makeFolders() throws IOException {
        Files.createDirectory(folder.resolve("run"));
        Files.createDirectory(folder.resolve("container"));
        Files.createDirectory(folder.resolve("paused"));
    }

    /** ago: when the last start was, in hundredths of a second; code: of the last run; before and after: the wait, likewise. */
    @ParameterizedTest(name = "socket {0}, last start {1} ago, exit {2}, waited {3}: {4}")
    @CsvSource({
        "running,   0,    1, 0,    10",
        "running,   0,    1, 10,   20",
        "running,   0,    1, 1600, 3000",
        "running,   0,    1, 3000, 3000",
        "running,   0,    0, 10,   20",
        "running,   0,    0, 80,   100",
        "running,   1000, 1, 3000, 0",
        "listening, 0,    1, 1600, 0",
    })
    void whoDoesNotRunForTenSecondsIsWaitedFor(String socket, int ago, int code, int before, int after)
            throws IOException {
        Files.writeString(folder.resolve("container/exit"), "CODE=" + code + "\n");
        sh(socket, "begun " + ago + " " + before, "");

        assertThat(read("run/woken")).endsWith("DELAY=" + after + "\n");
        if (after < 1000) {
            return;
        }
        // Up to the delay, from the last start on.
        assertThat(Double.parseDouble(read("slept").strip())).isBetween(20.0, 30.0);
    }

    @Test
    void theFirstStartIsNotAskedFor() throws IOException {
        sh("running", "", "");
        assertThat(read("run/woken")).matches("BEGUN=[0-9]+\nDELAY=0\n");
        assertThat(folder.resolve("slept")).doesNotExist();
        assertThat(folder.resolve("asked")).doesNotExist();
    }

    @Test
    void aPausedServiceHasItsContainerStayDown() throws IOException {
        Files.createFile(folder.resolve("paused/web"));
        sh("listening", "", "fails");
        assertThat(read("said"))
                .isEqualTo(
                        "service web is paused, and container shop would take its clients: dormouse resume web first\n");
    }

    @Test
    void withoutASlotAClientsStartWaitsAndGoesOnAtLast() throws IOException {
        sh("running", "", "no slots");
        assertThat(read("slept").lines()).hasSize(100).containsOnly("0.2");
    }

    @Test
    void whoStartsItByHandNeedsNoSlot() throws IOException {
        sh("listening", "", "no slots");
        assertThat(folder.resolve("slept")).doesNotExist();
    }

    private void sh(String socket, String last, String how) {
        Program.of("sh", "-euc", """
                        name=shop passed=' web'
                        systemctl() {
                          echo "$*" >>"$folder/asked"
                          case $* in *TriggeredBy*) echo dormouse-proxy@web.socket ;; *) echo "$SOCKET" ;; esac
                        }
                        sleep() { echo "$1" >>"$folder/slept"; }
                        take_slot() { [ "$HOW" != 'no slots' ]; }
                        fail() { echo "$*" >"$folder/said"; exit 1; }
                        begun() {
                          IFS='. ' read -r seconds hundredths _ </proc/uptime
                          printf 'BEGUN=%s\\nDELAY=%s\\n' $((seconds * 100 + 1$hundredths - 100 - $1)) "$2" >"$run/woken"
                        }
                        $LAST
                        if [ "$HOW" = fails ]; then ! (. "$1"); else . "$1"; fi
                        """, "sh", SCRIPT.toString())
                .with("SOCKET", socket)
                .with("LAST", last.isEmpty() ? ":" : last)
                .with("HOW", how)
                .with("folder", folder.toString())
                .with("runtime", folder.toString())
                .with("run", folder.resolve("run").toString())
                .with("container", folder.resolve("container").toString())
                .with("PATH", Map.copyOf(System.getenv()).getOrDefault("PATH", "/usr/bin:/bin"))
                .runOrThrow();
    }

    private String read(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }
}
