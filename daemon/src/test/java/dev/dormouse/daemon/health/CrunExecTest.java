package dev.dormouse.daemon.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With a shell in crun's place. */
@Timeout(30)
class CrunExecTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    @Test
    void theExitCodeAndBothOutputsAreTold() throws Exception {
        HealthResult result = run("echo out; echo err >&2; exit 3", LONG);

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.output()).isEqualTo("out\nerr\n");
        assertThat(result.end()).isAfterOrEqualTo(result.start());
    }

    @Test
    void theFirst4096BytesOfOutputAreKept() throws Exception {
        HealthResult result = run("yes 1234567 | head -n 100000", LONG);

        assertThat(result.exitCode()).isZero();
        assertThat(result.output()).hasSize(4096 + 3).startsWith("1234567\n").endsWith("...");
    }

    @Test
    void whatTakesTooLongIsKilledWithItsChildren() throws Exception {
        HealthResult result =
                run("echo begun; sh -c 'echo $$ >" + folder + "/child; exec sleep 60'; true", Duration.ofMillis(500));

        assertThat(result.exitCode()).isEqualTo(-1);
        assertThat(result.output()).isEqualTo("Health check exceeded timeout (500ms): begun\n");
        long child = Long.parseLong(
                java.nio.file.Files.readString(folder.resolve("child")).strip());
        ProcessHandle.of(child).ifPresent(left -> left.onExit().join());
        assertThat(ProcessHandle.of(child)).isEmpty();
    }

    @Test
    void whatKeepsItsOutputOpenIsNotWaitedFor() throws Exception {
        HealthResult result = run("sleep 60 & echo $! >" + folder + "/left; exit 0", LONG);

        assertThat(result.exitCode()).isZero();
        ProcessHandle.of(Long.parseLong(
                        java.nio.file.Files.readString(folder.resolve("left")).strip()))
                .ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void aProgramThatIsNotThereIsAFailedCheck() throws Exception {
        HealthResult result = new CrunExec(List.of("/no/such/crun")).run(List.of("true"), LONG);

        assertThat(result.exitCode()).isEqualTo(-1);
        assertThat(result.output()).startsWith("cannot run crun: ");
    }

    private static HealthResult run(String script, Duration limit) throws InterruptedException {
        return new CrunExec(List.of("sh", "-c")).run(List.of(script), limit);
    }
}
