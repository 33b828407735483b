package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.units.manager.DbusSystemdManager;
import dev.dormouse.units.manager.JobResult;
import dev.dormouse.units.manager.SystemdException;
import dev.dormouse.units.manager.SystemdManager;
import dev.dormouse.units.manager.SystemdManager.UnitState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The client of systemd's Manager, on the systemd that runs the tests; the bus and systemd itself are restarted under it. */
class SystemdManagerIT {
    private static final Path UNITS = Path.of("/run/systemd/system");
    private static final String PREFIX = "dormouse-it-";
    /** dbus-daemon: 512 match rules and 128 calls without a reply. */
    private static final int ABOVE_A_BUS_LIMITS = 600;

    private final SystemdManager systemd = new DbusSystemdManager();
    private final List<String> made = new ArrayList<>();

    @AfterEach
    void remove() throws Exception {
        systemd.close();
        for (String unit : made) {
            Shell.attempt("systemctl", "stop", unit);
            Shell.attempt("systemctl", "reset-failed", unit);
            Files.delete(UNITS.resolve(unit));
        }
        Shell.run("systemctl", "daemon-reload");
    }

    @Test
    void startAndStopReturnWhenTheJobIsDone() throws Exception {
        String unit = unit("done.service", "[Service]", "ExecStartPre=sleep 0.3", "ExecStart=sleep infinity");

        assertThat(systemd.state(unit)).isEqualTo(new UnitState("inactive", "dead", "success"));
        assertThat(systemd.start(unit)).isEqualTo(JobResult.DONE);
        assertThat(systemd.state(unit)).isEqualTo(new UnitState("active", "running", "success"));
        assertThat(systemd.start(unit)).as("once more").isEqualTo(JobResult.DONE);
        assertThat(systemd.stop(unit)).isEqualTo(JobResult.DONE);
        assertThat(systemd.state(unit)).isEqualTo(new UnitState("inactive", "dead", "success"));
        assertThat(systemd.stop(unit)).as("once more").isEqualTo(JobResult.DONE);
    }

    @Test
    void aCommandThatFailsFailsTheJob() throws Exception {
        String unit = unit("failed.service", "[Service]", "Type=oneshot", "ExecStart=false");

        assertThat(systemd.start(unit)).isEqualTo(JobResult.FAILED);
        assertThat(systemd.state(unit)).isEqualTo(new UnitState("failed", "failed", "exit-code"));
        assertThat(systemd.properties(unit, "Service")).containsEntry("ExecMainStatus", 1);
        assertThat(systemd.properties(unit, "Unit")).containsEntry("Id", unit).containsEntry("CanStart", true);

        systemd.resetFailed(unit);
        assertThat(systemd.state(unit).active()).isEqualTo("inactive");
        systemd.resetFailed("dormouse-it-never-there.service");
    }

    @Test
    void aJobWhoseDependencyFailsSaysSo() throws Exception {
        String base = unit("base.service", "[Service]", "Type=oneshot", "ExecStart=false");
        String unit = unit(
                "top.service", "[Unit]", "Requires=" + base, "After=" + base, "[Service]", "ExecStart=sleep infinity");

        assertThat(systemd.start(unit)).isEqualTo(JobResult.DEPENDENCY);
    }

    @Test
    void aStartThatIsStoppedIsCanceled() throws Exception {
        String unit = slow("canceled.service", 60, "true");
        CompletableFuture<JobResult> start = CompletableFuture.supplyAsync(() -> systemd.start(unit));
        awaitActivating(unit);

        assertThat(systemd.stop(unit)).isEqualTo(JobResult.DONE);

        assertThat(start).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(JobResult.CANCELED);
    }

    @Test
    void aJobOverItsTimeIsTimedOut() throws Exception {
        String unit = unit(
                "timeout.service",
                "[Unit]",
                "JobRunningTimeoutSec=500ms",
                "[Service]",
                "Type=oneshot",
                "ExecStart=sleep 60");

        assertThat(systemd.start(unit)).isEqualTo(JobResult.TIMEOUT);
    }

    @Test
    void whatSystemdRefusesIsSaidInItsWords() throws Exception {
        assertThatThrownBy(() -> systemd.start("dormouse-it-none.service"))
                .isInstanceOf(SystemdException.class)
                .hasMessage("cannot start dormouse-it-none.service: Unit dormouse-it-none.service not found."
                        + "; install its unit file, and reload systemd if it is new");
        String bad = unit("bad.service", "[Service]", "Type=nonsense");
        assertThatThrownBy(() -> systemd.start(bad))
                .isInstanceOf(SystemdException.class)
                .hasMessageStartingWith("cannot start " + bad + ": Unit " + bad + " has a bad unit file setting.")
                .hasMessageContaining("systemd-analyze verify");
    }

    @Test
    void reloadReturnsWhenSystemdHasReadTheFiles() throws Exception {
        String unit = unit("reloaded.service", "[Unit]", "Description=before", "[Service]", "ExecStart=true");
        assertThat(systemd.properties(unit, "Unit")).containsEntry("Description", "before");
        Files.write(UNITS.resolve(unit), List.of("[Unit]", "Description=after", "[Service]", "ExecStart=true"));

        systemd.reload();

        assertThat(systemd.properties(unit, "Unit")).containsEntry("Description", "after");
    }

    @Test
    void aWatchTellsOfChanges() throws Exception {
        String unit = unit("watched.service", "[Service]", "ExecStart=sleep infinity");
        BlockingQueue<UnitState> states = new LinkedBlockingQueue<>();
        try (SystemdManager.Watch _ = systemd.watch(unit, states::add)) {
            Shell.run("systemctl", "start", unit);
            awaitState(states, "active");
            Shell.run("systemctl", "kill", "--signal=KILL", unit);
            assertThat(awaitState(states, "failed").result()).isEqualTo("signal");
        }
        Shell.run("systemctl", "start", unit);
        assertThat(systemd.state(unit).active()).isEqualTo("active");
        assertThat(states).as("after the watch was closed").isEmpty();
    }

    @Test
    void moreWatchesAndQuestionsThanABusAllowsAConnection() throws Exception {
        String unit = unit("crowd.service", "[Service]", "ExecStart=sleep infinity");
        List<BlockingQueue<UnitState>> crowd = new ArrayList<>();
        List<SystemdManager.Watch> watches = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<SystemdManager.Watch>> begun = new ArrayList<>();
            for (int i = 0; i < ABOVE_A_BUS_LIMITS; i++) {
                BlockingQueue<UnitState> states = new LinkedBlockingQueue<>();
                crowd.add(states);
                begun.add(threads.submit(() -> systemd.watch(unit, states::add)));
            }
            for (Future<SystemdManager.Watch> watch : begun) {
                watches.add(watch.get());
            }
        }

        systemd.start(unit);

        for (BlockingQueue<UnitState> states : crowd) {
            UnitState state = states.poll(60, TimeUnit.SECONDS);
            assertThat(state).isNotNull();
        }
        watches.forEach(SystemdManager.Watch::close);
    }

    @Test
    void theBusIsRestartedWhileJobsRun() throws Exception {
        String good = slow("good.service", 3, "true");
        String wrong = slow("wrong.service", 3, "false");
        BlockingQueue<UnitState> states = new LinkedBlockingQueue<>();
        try (SystemdManager.Watch _ = systemd.watch(good, states::add)) {
            CompletableFuture<JobResult> goodStart = CompletableFuture.supplyAsync(() -> systemd.start(good));
            CompletableFuture<JobResult> wrongStart = CompletableFuture.supplyAsync(() -> systemd.start(wrong));
            awaitActivating(good);
            awaitActivating(wrong);

            Shell.run("systemctl", "restart", "dbus");

            assertThat(goodStart.get(30, TimeUnit.SECONDS)).isEqualTo(JobResult.DONE);
            assertThat(wrongStart.get(30, TimeUnit.SECONDS)).isEqualTo(JobResult.FAILED);
            awaitState(states, "active");
            assertThat(systemd.stop(good)).isEqualTo(JobResult.DONE);
            awaitState(states, "inactive");
        }
    }

    @Test
    void jobsThatEndWhileThereIsNoBusAreToldByTheState() throws Exception {
        String good = slow("gone.service", 2, "true");
        String wrong = slow("gone-wrong.service", 2, "false");
        CompletableFuture<JobResult> goodStart = CompletableFuture.supplyAsync(() -> systemd.start(good));
        CompletableFuture<JobResult> wrongStart = CompletableFuture.supplyAsync(() -> systemd.start(wrong));
        awaitActivating(good);
        awaitActivating(wrong);

        Shell.run("systemctl", "stop", "dbus.socket", "dbus.service");
        try {
            Await.until("both ended", () -> !isActivating(good) && !isActivating(wrong));
        } finally {
            Shell.run("systemctl", "start", "dbus.socket", "dbus.service");
        }

        assertThat(goodStart.get(30, TimeUnit.SECONDS)).isEqualTo(JobResult.DONE);
        assertThat(wrongStart.get(30, TimeUnit.SECONDS)).isEqualTo(JobResult.FAILED);
    }

    @Test
    void systemdIsExecutedAnewWhileAJobRuns() throws Exception {
        String unit = slow("reexec.service", 3, "true");
        CompletableFuture<JobResult> start = CompletableFuture.supplyAsync(() -> systemd.start(unit));
        awaitActivating(unit);

        Shell.run("systemctl", "daemon-reexec");

        assertThat(start.get(30, TimeUnit.SECONDS)).isEqualTo(JobResult.DONE);
        assertThat(systemd.stop(unit)).isEqualTo(JobResult.DONE);
    }

    /** Active once the command has succeeded, after some seconds. */
    private String slow(String name, int seconds, String command) throws Exception {
        return unit(
                name,
                "[Service]",
                "Type=oneshot",
                "RemainAfterExit=yes",
                "ExecStart=sleep " + seconds,
                "ExecStart=" + command);
    }

    private String unit(String name, String... lines) throws Exception {
        String unit = PREFIX + name;
        Files.write(UNITS.resolve(unit), List.of(lines));
        made.add(unit);
        Shell.run("systemctl", "daemon-reload");
        return unit;
    }

    private static void awaitActivating(String unit) {
        Await.until(unit + " is activating", () -> isActivating(unit));
    }

    private static boolean isActivating(String unit) {
        return new SystemUnit(unit).state().equals("activating");
    }

    private static UnitState awaitState(BlockingQueue<UnitState> states, String active) throws Exception {
        List<UnitState> seen = new ArrayList<>();
        while (seen.isEmpty() || !seen.getLast().active().equals(active)) {
            UnitState next = states.poll(30, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("not told that it became " + active + ", only " + seen);
            }
            seen.add(next);
        }
        return seen.getLast();
    }
}
