package dev.dormouse.daemon.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProgramTest {
    @Test
    void givesOutputErrorAndExitCode() {
        Result result = Program.of("sh", "-c", "echo out; echo err >&2; exit 3").run();
        assertThat(result.exit()).isEqualTo(3);
        assertThat(result.text()).isEqualTo("out\n");
        assertThat(result.error()).isEqualTo("err\n");
        assertThat(result.reason()).isEqualTo("err");
    }

    @Test
    void aFailureNamesProgramExitCodeAndLastWords() {
        assertThatThrownBy(() -> Program.of("sh", "-c", "echo first >&2; echo last >&2; exit 4")
                        .runOrThrow())
                .isInstanceOf(EngineException.Failed.class)
                .hasMessageEndingWith("exited 4: last")
                .hasMessageStartingWith("sh -c");
    }

    @Test
    void aMissingProgramIsNamed() {
        assertThatThrownBy(() -> Program.of("dormouse-no-such-program").run())
                .isInstanceOf(EngineException.Failed.class)
                .hasMessageContaining("cannot run dormouse-no-such-program")
                .hasMessageContaining("installed");
    }

    @Test
    void theEnvironmentIsItsOwn() {
        Result result = Program.of("env").with("ASKED", "for").runOrThrow();
        assertThat(result.text().lines().map(line -> line.substring(0, line.indexOf('='))))
                .containsExactlyInAnyOrder("ASKED", "HOME", "LANG", "PATH");
    }

    @Test
    void inputIsStreamed() {
        byte[] block = "x".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
        Result result = Program.of("wc", "-c")
                .withInput(input -> {
                    for (int i = 0; i < 64; i++) {
                        input.write(block);
                    }
                })
                .runOrThrow();
        assertThat(result.text().strip()).isEqualTo("4194304");
    }

    @Test
    void aFailingInputIsAnError() {
        assertThatThrownBy(() -> Program.of("cat")
                        .withInput(_ -> {
                            throw new IOException("tar is cut off");
                        })
                        .run())
                .isInstanceOf(EngineException.Failed.class)
                .hasMessage("the input of cat failed: tar is cut off");
    }

    @Test
    void aProgramThatFailsWithoutReadingItsInputIsJudgedByItsExitCode() {
        Result result = Program.of("sh", "-c", "exit 7")
                .withInput(input -> input.write(new byte[1 << 20]))
                .run();
        assertThat(result.exit()).isEqualTo(7);
    }

    @Test
    void tooMuchOutputIsAnErrorAndNotKept() {
        assertThatThrownBy(() -> Program.of("head", "-c", "5000", "/dev/zero")
                        .withOutputLimit(4096)
                        .run())
                .isInstanceOf(EngineException.Failed.class)
                .hasMessage("head -c 5000 /dev/zero wrote more than 4096 bytes");
    }

    @Test
    void ofALongStandardErrorTheEndIsKept() {
        Result result = Program.of("sh", "-c", "head -c 200000 /dev/zero | tr '\\0' x >&2; echo; echo end >&2")
                .run();
        assertThat(result.error()).hasSize(64 << 10).endsWith("end\n");
    }

    @Test
    void aProgramThatTakesTooLongIsKilledWithItsChildren() {
        long before = System.nanoTime();
        assertThatThrownBy(() -> Program.of("sh", "-c", "echo stuck >&2; sleep 61; true")
                        .within(Duration.ofMillis(200))
                        .run())
                .isInstanceOf(EngineException.Failed.class)
                .hasMessageContaining("took longer than 200 ms");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
        sleepers()
                .forEach(killed ->
                        assertThat(killed.onExit()).as("left running").succeedsWithin(Duration.ofSeconds(10)));
    }

    /** A process that was sent SIGKILL takes a moment to be gone. */
    private static Stream<ProcessHandle> sleepers() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .filter(arguments -> arguments.length == 1 && arguments[0].equals("61"))
                        .isPresent());
    }
}
