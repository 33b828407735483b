package dev.dormouse.daemon.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole prober on files, with this process as the container's init; no crun knows it, so checks fail. */
@Timeout(60)
class ProberTest {
    private static final String ID = "c".repeat(64);
    private static final Duration IDLE = Duration.ofMillis(200);

    @TempDir
    private Path folder;

    private ProberPaths paths;
    private Thread prober = new Thread();

    @BeforeEach
    void makeContainer() throws IOException {
        paths = new ProberPaths(folder.resolve("state"), folder.resolve("run"), folder.resolve("services"));
        Files.createDirectories(paths.bundle(ID).getParent());
        Files.writeString(paths.bundle(ID), "{\"process\":{\"cwd\":\"/\"}}");
        Files.createDirectories(paths.runFolder(ID));
        Files.createDirectories(paths.probes());
        Files.createDirectories(paths.services());
        Files.createDirectories(paths.run().resolve("units"));
        Files.writeString(paths.unit("web"), ID + "\n");
    }

    @AfterEach
    void end() throws InterruptedException {
        prober.interrupt();
        prober.join();
    }

    @Test
    void itLeavesWhenThereIsNothingToProbe() throws Exception {
        begin();

        prober.join();

        assertThat(prober.isAlive()).isFalse();
    }

    @Test
    void aLineOfTheLogOfThisRunMakesItReady() throws Exception {
        Files.writeString(
                paths.service("front"), "{\"container\":\"web\",\"ready\":\"log:is up\",\"deadline\":\"1m\"}");
        String old = "2026-01-01T00:00:00Z stdout F it is up\n";
        Files.writeString(paths.log(ID), old);
        request(old.length());
        long started = start();
        begin();

        assertThat(paths.runFolder(ID).resolve("ready-front"))
                .as("of an earlier run")
                .doesNotExist();
        Files.writeString(
                paths.log(ID), "2026-01-01T00:00:09Z stdout F now it is up\n", java.nio.file.StandardOpenOption.APPEND);

        await(paths.runFolder(ID).resolve("ready-front"));
        assertThat(paths.runFolder(ID).resolve("ready-front")).hasContent("STARTED=" + started + "\n");
    }

    @Test
    void aFailingCheckMakesItUnhealthyAndThatIsTold() throws Exception {
        Files.writeString(
                paths.plan(ID),
                "{\"schema\":1,\"command\":[\"true\"],\"interval\":1000000,\"timeout\":5000000000,\"startPeriod\":0,"
                        + "\"startInterval\":1000000,\"retries\":1,\"unhealthy\":\"stop\"}");
        request(0);
        start();
        begin();

        await(paths.changes().folder().resolve(ID));
        assertThat(paths.changes().take(ID).orElseThrow().status()).isEqualTo(HealthStatus.UNHEALTHY);
        assertThat(paths.runFolder(ID).resolve("health")).hasContent("unhealthy\n");
        await(folder.resolve("stopped-web"));
    }

    @Test
    void whatIsWithdrawnIsProbedNoMoreAndItLeaves() throws Exception {
        request(0);
        begin();
        Files.delete(paths.probes().resolve("web"));

        prober.join();

        assertThat(prober.isAlive()).isFalse();
    }

    @Test
    void aRequestWhoseUnitIsGoneIsWithdrawn() throws Exception {
        Files.delete(paths.unit("web"));
        request(0);
        begin();

        prober.join();

        assertThat(paths.probes().resolve("web")).doesNotExist();
    }

    private void begin() {
        Recovery recovery = (action, name, _) -> {
            try {
                Files.createFile(folder.resolve((action == UnhealthyAction.STOP ? "stopped-" : "") + name));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        };
        prober = Thread.ofPlatform().start(() -> new Prober(paths, recovery).run(IDLE));
    }

    private void request(long logOffset) throws IOException {
        Files.writeString(paths.probes().resolve("web"), ID + " " + logOffset + "\n");
    }

    private long start() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String ticks = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[19];
        long started = 1_795_576_330_617_189_666L;
        Files.writeString(
                paths.runFolder(ID).resolve("started"),
                "PID=" + ProcessHandle.current().pid() + "\nSTARTED=" + started + "\nSTARTTIME=" + ticks + "\n");
        assertThat(ContainerRun.read(paths.runFolder(ID).resolve("started")))
                .hasValueSatisfying(run -> assertThat(run.isAlive()).isTrue());
        assertThat(Pattern.matches("[0-9]+", ticks)).isTrue();
        return started;
    }

    private static void await(Path file) throws InterruptedException {
        for (int look = 0; look < 2000 && Files.notExists(file); look++) {
            Thread.sleep(10);
        }
        assertThat(file).exists();
    }
}
