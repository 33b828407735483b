package dev.dormouse.units.manager;

import static dev.dormouse.units.manager.FakeSystemd.UNIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.units.libc.Libc;
import dev.dormouse.units.manager.SystemdManager.UnitState;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What real systemd does in a certain order only by chance; SystemdManagerIT has the rest. */
@Timeout(30)
class DbusSystemdManagerTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    private final FakeSystemd systemd = new FakeSystemd();
    private final DbusSystemdManager manager = new DbusSystemdManager(systemd::connect, LONG);

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void makingOneConnectsNot() {
        assertThat(systemd.connections).isEmpty();
        manager.connect();
        manager.connect();
        assertThat(systemd.connections).hasSize(1);
        assertThat(systemd.calls).containsExactly("Subscribe");
    }

    @Test
    void whyAUnitIsBeingStoppedIsAskedFor() {
        assertThat(manager.jobType(UNIT)).isEmpty();
        systemd.newJob();
        systemd.jobType = "restart";
        assertThat(manager.jobType(UNIT)).contains("restart");
        systemd.systemState = "stopping";
        assertThat(manager.systemState()).isEqualTo("stopping");
    }

    @Test
    void aJobThatEndsBeforeTheReplyIsNotMissed() {
        systemd.onJob = () -> systemd.jobEnds("done");
        assertThat(manager.start(UNIT)).isEqualTo(JobResult.DONE);
        systemd.onJob = () -> systemd.jobEnds("dependency");
        assertThat(manager.stop(UNIT)).isEqualTo(JobResult.DEPENDENCY);
    }

    @Test
    void aJobThatEndsAfterTheReplyIsWaitedFor() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        systemd.onJob = asked::countDown;
        CompletableFuture<JobResult> start = CompletableFuture.supplyAsync(() -> manager.start(UNIT));
        asked.await();
        assertThat(start).isNotDone();

        systemd.jobEnds("a word of later versions");

        assertThat(start).succeedsWithin(LONG).isEqualTo(JobResult.OTHER);
    }

    @Test
    void theConnectionEndsWhileTheJobRunsWhichIsThenWaitedForOnTheNext() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        systemd.onJob = asked::countDown;
        CompletableFuture<JobResult> start = CompletableFuture.supplyAsync(() -> manager.start(UNIT));
        asked.await();
        systemd.refusedConnections.set(3);
        systemd.connection().close();
        awaitCall("ListUnitsByNames");

        systemd.jobEnds("failed");

        assertThat(start).succeedsWithin(LONG).isEqualTo(JobResult.FAILED);
        assertThat(systemd.calls).as("not asked twice").containsOnlyOnce("StartUnit");
    }

    @Test
    void theReplyIsLostButTheJobIsThere() throws Exception {
        systemd.onJob = () -> systemd.connection().close();
        CompletableFuture<JobResult> start = CompletableFuture.supplyAsync(() -> manager.start(UNIT));
        awaitCall("ListUnitsByNames");

        systemd.jobEnds("timeout");

        assertThat(start).succeedsWithin(LONG).isEqualTo(JobResult.TIMEOUT);
        assertThat(systemd.calls).containsOnlyOnce("StartUnit");
    }

    @Test
    void theReplyIsLostAndTheUnitHasStarted() {
        systemd.onJob = () -> endUnheard("active", "running");
        assertThat(manager.start(UNIT)).isEqualTo(JobResult.DONE);
        assertThat(systemd.calls).containsOnlyOnce("StartUnit");
    }

    @Test
    void theReplyIsLostAndTheUnitHasFailed() {
        systemd.onJob = () -> endUnheard("failed", "failed");
        assertThat(manager.start(UNIT)).isEqualTo(JobResult.FAILED);
    }

    @Test
    void theReplyIsLostAndTheUnitHasStartedAndEnded() {
        systemd.onJob = () -> {
            endUnheard("inactive", "dead");
            systemd.inactiveExit = systemd.stateChanged;
        };
        assertThat(manager.start(UNIT)).isEqualTo(JobResult.DONE);
    }

    @Test
    void theReplyIsLostAndTheUnitHasStopped() {
        systemd.becomes("active", "running");
        systemd.onJob = () -> endUnheard("inactive", "dead");
        assertThat(manager.stop(UNIT)).isEqualTo(JobResult.DONE);
        assertThat(systemd.calls).containsOnlyOnce("StopUnit");
    }

    @Test
    void theCallNeverArrivedAndIsMadeAgain() {
        systemd.onJob = () -> {
            systemd.job = Optional.empty();
            systemd.onJob = () -> systemd.jobEnds("done");
            systemd.connection().close();
        };
        assertThat(manager.start(UNIT)).isEqualTo(JobResult.DONE);
        assertThat(systemd.calls).containsSubsequence("StartUnit", "ListUnitsByNames", "StartUnit");
    }

    /** The unit changes and the job ends, and the connection with them. */
    private void endUnheard(String active, String sub) {
        systemd.becomes(active, sub);
        systemd.stateChanged = Libc.monotonicMicros();
        systemd.job = Optional.empty();
        systemd.connection().close();
    }

    @Test
    void aQuestionIsAskedAgainOnTheNextConnection() {
        manager.connect();
        systemd.connection().close();
        assertThat(manager.state(UNIT)).isEqualTo(new UnitState("inactive", "dead", "success"));
        assertThat(systemd.connections).hasSize(2);
        assertThat(manager.properties(UNIT, "Service")).containsEntry("MainPID", 7L);
    }

    @Test
    void aBusThatIsNotThereIsAFaultAtOnceAndRetriedByTheNextCall() {
        systemd.refusedConnections.set(1);
        assertThatThrownBy(() -> manager.state(UNIT))
                .isInstanceOf(SystemdException.class)
                .hasMessageContaining("refused by the test");
        assertThat(manager.state(UNIT).active()).isEqualTo("inactive");
    }

    @Test
    void aBusThatDoesNotComeBackIsToldAfterTheTimeForIt() {
        try (DbusSystemdManager impatient = new DbusSystemdManager(systemd::connect, Duration.ofMillis(100))) {
            impatient.connect();
            systemd.connection().close();
            systemd.refusedConnections.set(Integer.MAX_VALUE);
            assertThatThrownBy(() -> impatient.start(UNIT))
                    .isInstanceOf(SystemdException.class)
                    .hasMessageContaining("refused by the test");
        }
    }

    @Test
    void closingEndsAWaitForAJobAndOneForTheBus() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        systemd.onJob = asked::countDown;
        CompletableFuture<JobResult> start = CompletableFuture.supplyAsync(() -> manager.start(UNIT));
        asked.await();
        manager.close();
        assertThat(start).failsWithin(LONG).withThrowableThat().withMessageContaining("has been closed");
        assertThatThrownBy(() -> manager.state(UNIT)).hasMessage("this connection to systemd has been closed");
    }

    @Test
    void anInterruptEndsAWaitAndSaysThatTheJobGoesOn() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        systemd.onJob = asked::countDown;
        CompletableFuture<String> message = new CompletableFuture<>();
        Thread waiting = Thread.ofPlatform().start(() -> {
            try {
                manager.start(UNIT);
            } catch (SystemdException e) {
                message.complete(e.getMessage() + " " + Thread.currentThread().isInterrupted());
            }
        });
        asked.await();
        waiting.interrupt();
        assertThat(message)
                .succeedsWithin(LONG)
                .isEqualTo("interrupted while waiting until systemd has done: start web.service; the job goes on true");
    }

    @Test
    void refusalsNameTheUnitTheWishTheWordsAndWhatToDo() {
        refuse("org.freedesktop.DBus.Error.AccessDenied", "Access denied");
        assertThatThrownBy(() -> manager.stop(UNIT))
                .isInstanceOf(SystemdException.class)
                .hasMessage(
                        "cannot stop web.service: Access denied; this user may not: polkit has no rule that allows it"
                                + " (run as root, or see Dormouse's rule in polkit-1/rules.d)");
        refuse("org.freedesktop.systemd1.UnitMasked", "Unit web.service is masked.");
        assertThatThrownBy(() -> manager.start(UNIT))
                .hasMessage("cannot start web.service: Unit web.service is masked.; systemctl unmask it first");
        refuse("org.freedesktop.systemd1.NoSuchUnit", "Unit web.service not loaded.");
        manager.resetFailed(UNIT);
        refuse("org.example.New", "");
        assertThatThrownBy(() -> manager.start(UNIT))
                .hasMessage("cannot start web.service: org.example.New (org.example.New)");
    }

    private void refuse(String name, String words) {
        systemd.refusal = Optional.of(new BusErrorException(name, words));
    }

    @Test
    void aWatchTellsChangesOnlyAndGoesOnOnTheNextConnection() throws Exception {
        BlockingQueue<UnitState> states = new LinkedBlockingQueue<>();
        SystemdManager.Watch watch = manager.watch(UNIT, states::add);
        systemd.becomes("active", "running");
        systemd.unitChanged();
        systemd.unitChanged();
        assertThat(states.poll(10, TimeUnit.SECONDS)).isEqualTo(new UnitState("active", "running", "success"));

        systemd.becomes("inactive", "dead");
        systemd.refusedConnections.set(2);
        systemd.connection().close();
        assertThat(states.poll(10, TimeUnit.SECONDS))
                .as("changed while there was no bus")
                .isEqualTo(new UnitState("inactive", "dead", "success"));

        systemd.becomes("failed", "failed");
        systemd.unitChanged();
        assertThat(states.poll(10, TimeUnit.SECONDS)).isEqualTo(new UnitState("failed", "failed", "success"));

        watch.close();
        systemd.becomes("active", "running");
        systemd.unitChanged();
        manager.state(UNIT);
        assertThat(states).isEmpty();
    }

    private void awaitCall(String member) {
        long end = System.nanoTime() + LONG.toNanos();
        while (!systemd.calls.contains(member) && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(systemd.calls).contains(member);
    }
}
