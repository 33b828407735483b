package dev.dormouse.waitport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandProbeTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    @Test
    void statusZeroIsReady() throws Exception {
        assertThat(new CommandProbe(List.of("true")).attempt(LONG)).isEqualTo(ProbeResult.READY);
    }

    @Test
    void anotherStatusIsToldWithTheLastLineOfTheOutput() throws Exception {
        assertThat(shell("echo first; echo not up >&2; exit 3").attempt(LONG))
                .isEqualTo(new ProbeResult.NotYet(Cause.EXIT, "exit status 3: not up"));
        assertThat(shell("exit 1").attempt(LONG)).isEqualTo(new ProbeResult.NotYet(Cause.EXIT, "exit status 1"));
    }

    @Test
    void aCommandThatCannotBeStartedIsBroken() throws Exception {
        assertThat(new CommandProbe(List.of("/no/such/program")).attempt(LONG))
                .isInstanceOfSatisfying(
                        ProbeResult.Broken.class,
                        broken -> assertThat(broken.detail()).startsWith("cannot run /no/such/program: "));
    }

    @Test
    void muchOutputNeitherBlocksNorIsKept() throws Exception {
        assertThat(shell("head -c 3000000 /dev/zero | tr '\\0' x; echo; echo end; exit 1")
                        .attempt(LONG))
                .isEqualTo(new ProbeResult.NotYet(Cause.EXIT, "exit status 1: end"));
    }

    @Test
    void controlCharactersAndLongLinesDoNotReachALog() throws Exception {
        assertThat(shell("printf 'a\\033[2Jb'; exit 1").attempt(LONG))
                .isEqualTo(new ProbeResult.NotYet(Cause.EXIT, "exit status 1: a?[2Jb"));
        assertThat(shell("head -c 1000 /dev/zero | tr '\\0' x; exit 1").attempt(LONG))
                .isEqualTo(new ProbeResult.NotYet(Cause.EXIT, "exit status 1: " + "x".repeat(200) + "…"));
    }

    @Test
    void aCommandThatDoesNotEndIsKilledWithItsChildren() throws Exception {
        Path pids = folder.resolve("pids");

        ProbeResult result =
                shell("sleep 1000 & echo $! $$ > " + pids + "; wait").attempt(Duration.ofMillis(500));

        assertThat(result).isEqualTo(new ProbeResult.NotYet(Cause.TIMED_OUT, "the command has not ended after 500 ms"));
        for (String pid : Files.readString(pids).strip().split(" ", -1)) {
            assertEnds(Long.parseLong(pid));
        }
    }

    @Test
    void aGrandchildThatKeepsTheOutputOpenDoesNotHoldTheProbe() throws Exception {
        Path pid = folder.resolve("pid");
        try {
            assertThat(shell("sleep 1000 & echo $! > " + pid).attempt(LONG)).isEqualTo(ProbeResult.READY);
        } finally {
            long left = Long.parseLong(Files.readString(pid).strip());
            ProcessHandle.of(left).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void anInterruptKillsTheCommand() throws Exception {
        Path pid = folder.resolve("pid");
        Path fifo = folder.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        CommandProbe probe = shell("echo $$ > " + pid + "; echo > " + fifo + "; exec sleep 1000");
        CompletableFuture<ProbeResult> attempt = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                attempt.complete(probe.attempt(LONG));
            } catch (InterruptedException e) {
                attempt.completeExceptionally(e);
            }
        });
        Files.readString(fifo);

        thread.interrupt();

        assertThatThrownBy(() -> attempt.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(InterruptedException.class);
        assertEnds(Long.parseLong(Files.readString(pid).strip()));
    }

    @Test
    void anEmptyCommandIsRejected() {
        assertThatIllegalArgumentException().isThrownBy(() -> new CommandProbe(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new CommandProbe(List.of("")));
    }

    /** An orphan stays a zombie where PID 1 does not reap; its handle then says it is not alive or has no command. */
    private static void assertEnds(long pid) throws Exception {
        Path status = Path.of("/proc", Long.toString(pid), "stat");
        long end = System.nanoTime() + LONG.toNanos();
        boolean running = true;
        while (running && System.nanoTime() < end) {
            try {
                running = !Files.readString(status).contains(") Z ");
            } catch (IOException _) {
                running = false; // gone, also while it was read
            }
            Thread.onSpinWait();
        }
        assertThat(running).as("process %d still runs", pid).isFalse();
    }

    private static CommandProbe shell(String script) {
        return new CommandProbe(List.of("sh", "-c", script));
    }
}
