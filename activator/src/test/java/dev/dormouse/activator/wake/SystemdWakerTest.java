package dev.dormouse.activator.wake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.activator.config.Folders;
import dev.dormouse.units.libc.Libc;
import dev.dormouse.units.manager.JobResult;
import dev.dormouse.units.manager.SystemdManager.UnitState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemdWakerTest {
    private static final int PATIENCE_SECONDS = 20;

    private final FakeSystemd systemd = new FakeSystemd();
    private final AtomicBoolean wanted = new AtomicBoolean(true);
    private final List<Thread> threads = new java.util.concurrent.CopyOnWriteArrayList<>();
    private final WakeSlots slots = new WakeSlots(
            1, Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory()));
    private ServerSocket container;

    @TempDir
    private Path folder;

    SystemdWakerTest() throws IOException {
        container = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(folder.resolve("run"));
        Files.writeString(
                folder.resolve("run/pid"), Long.toString(ProcessHandle.current().pid()));
        wakeFile("\"address\": \"127.0.0.1\",");
        service("60s", "listening");
    }

    @AfterEach
    void end() throws Exception {
        container.close();
        systemd.job.complete(JobResult.CANCELED);
        for (Thread thread : threads) {
            assertThat(thread.join(java.time.Duration.ofSeconds(PATIENCE_SECONDS)))
                    .isTrue();
        }
    }

    @Test
    void aContainerThatIsUpBeforeTheBusAnswersIsReady() throws Exception {
        start();

        WakeOutcome outcome = wake(true);

        assertThat(outcome).isInstanceOfSatisfying(WakeOutcome.Ready.class, ready -> {
            assertThat(ready.address())
                    .isEqualTo(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), container.getLocalPort()));
            // It came though the job has not ended: nobody waits for what systemd says.
            systemd.job.complete(JobResult.CANCELED);
            assertThat(ready.measured().join().phases().unit())
                    .as("it did not come up")
                    .isEmpty();
        });
    }

    @Test
    void whatSystemdStartsByItselfIsNotAskedForAgain() throws Exception {
        long now = Libc.monotonicMicros();
        systemd.socket = Map.of("StateChangeTimestampMonotonic", now - 70_000);
        systemd.container = Map.of("ActiveEnterTimestampMonotonic", now - 20_000);
        systemd.state = new UnitState("activating", "start-post", "success");
        BlockingQueue<WakeOutcome> outcomes = begin(true);
        Consumer<UnitState> watcher = systemd.watcher.get(PATIENCE_SECONDS, TimeUnit.SECONDS);

        watcher.accept(new UnitState("active", "running", "success"));
        start();

        assertThat(outcomes.poll(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(WakeOutcome.Ready.class, ready -> {
                    WakePhases phases = ready.measured().join().phases();
                    assertThat(phases.unit()).contains(Duration.ofMillis(50));
                    assertThat(phases.queue()).isZero();
                    assertThat(phases.create()).isPresent();
                    assertThat(phases.ready()).isGreaterThan(Duration.ofMillis(70));
                });
        assertThat(systemd.starts).hasValue(0);
    }

    @Test
    void aStopThatIsUnderWayIsLetEnd() throws Exception {
        systemd.job.complete(JobResult.DONE);
        systemd.state = new UnitState("deactivating", "stop", "success");
        BlockingQueue<WakeOutcome> outcomes = begin(false);
        Consumer<UnitState> watcher = systemd.watcher.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(systemd.starts).as("its job would be cancelled").hasValue(0);

        systemd.state = new UnitState("inactive", "dead", "success");
        watcher.accept(systemd.state);
        start();

        assertThat(outcomes.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isInstanceOf(WakeOutcome.Ready.class);
    }

    @Test
    void aListenerCountsOnlyWhenTheContainerHasStarted() throws Exception {
        systemd.job.complete(JobResult.DONE);
        BlockingQueue<WakeOutcome> outcomes = begin(false);
        systemd.watcher.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(outcomes).isEmpty();

        start();

        assertThat(outcomes.poll(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(WakeOutcome.Ready.class, ready -> {
                    WakePhases phases = ready.measured().join().phases();
                    assertThat(phases.queue()).isLessThan(phases.ready());
                    assertThat(phases.unit()).as("systemd does not say").isEmpty();
                });
    }

    @Test
    void aJobThatFailsEndsTheWakeWithTheUnitAndItsResult() throws Exception {
        systemd.job.complete(JobResult.TIMEOUT);

        assertFailed(
                wake(false),
                "container nginx",
                "dormouse-container@nginx.service did not start (result timeout)",
                "journalctl -u");
    }

    @Test
    void aContainerThatEndsBeforeItIsReadyEndsTheWake() throws Exception {
        container.close();
        start();
        systemd.job.complete(JobResult.DONE);
        BlockingQueue<WakeOutcome> outcomes = begin(false);
        systemd.watcher.get(PATIENCE_SECONDS, TimeUnit.SECONDS).accept(new UnitState("failed", "failed", "exit-code"));

        assertFailed(outcomes.poll(PATIENCE_SECONDS, TimeUnit.SECONDS), "ended before it was ready (result exit-code)");
    }

    @Test
    void theStartThatCameWithTheHandOverIsNotRepeatedWhenItHasFailed() throws Exception {
        systemd.socket = Map.of("StateChangeTimestampMonotonic", 1000L);
        systemd.container = Map.of("InactiveEnterTimestampMonotonic", 2000L);
        systemd.state = new UnitState("failed", "failed", "exit-code");

        assertFailed(wake(true), "did not start (result exit-code)");
        assertThat(systemd.starts).hasValue(0);
    }

    @Test
    void aContainerThatCameUpAndEndedBeforeAnybodyLookedIsStartedAgain() throws Exception {
        systemd.socket = Map.of("StateChangeTimestampMonotonic", 1000L);
        systemd.container = Map.of(
                "InactiveExitTimestampMonotonic",
                1100L,
                "ActiveEnterTimestampMonotonic",
                1500L,
                "InactiveEnterTimestampMonotonic",
                2000L);
        systemd.state = new UnitState("inactive", "dead", "success");
        systemd.job.complete(JobResult.DONE);
        BlockingQueue<WakeOutcome> outcomes = begin(true);
        systemd.watcher.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(systemd.starts).hasValue(1);

        start();

        assertThat(outcomes.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isInstanceOf(WakeOutcome.Ready.class);
    }

    @Test
    void anEarlierRunsFailureDoesNotCountForThisHandOver() throws Exception {
        systemd.socket = Map.of("StateChangeTimestampMonotonic", 3000L);
        systemd.container = Map.of("InactiveEnterTimestampMonotonic", 2000L);
        systemd.state = new UnitState("failed", "failed", "exit-code");
        systemd.job.complete(JobResult.TIMEOUT);

        assertFailed(wake(true), "did not start (result timeout)");
        assertThat(systemd.starts).hasValue(1);
    }

    @Test
    void aStartThatSystemdSkippedForWantOfASlotIsMadeInItsTurn() throws Exception {
        systemd.socket = Map.of("StateChangeTimestampMonotonic", 1000L);
        systemd.container = Map.of("InactiveEnterTimestampMonotonic", 2000L);
        systemd.state = new UnitState("inactive", "dead", "exec-condition");
        systemd.job.complete(JobResult.DONE);
        WakeSlots.Slot taken = slots.take();
        BlockingQueue<WakeOutcome> outcomes = begin(true);
        assertThat(outcomes.poll(100, TimeUnit.MILLISECONDS)).as("it waits").isNull();
        assertThat(systemd.starts).hasValue(0);

        start();
        taken.close();

        assertThat(outcomes.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isInstanceOf(WakeOutcome.Ready.class);
    }

    @Test
    void aSlotThatWasTakenAtTheLastMomentIsNotAskedForASecondTime() throws Exception {
        systemd.skipping = true;
        systemd.job.complete(JobResult.DONE);
        BlockingQueue<WakeOutcome> outcomes = begin(false);
        systemd.watcher.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        start();

        assertThat(outcomes.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isInstanceOf(WakeOutcome.Ready.class);
        assertThat(systemd.starts).hasValue(2);
    }

    @Test
    void whatIsBeingStartedBySystemdIsWaitedFor() throws Exception {
        Path started = Files.createDirectories(folder.resolve("run/slots")).resolve("1");
        Files.createFile(started);
        systemd.job.complete(JobResult.DONE);
        BlockingQueue<WakeOutcome> outcomes = begin(false);
        assertThat(outcomes.poll(100, TimeUnit.MILLISECONDS)).isNull();
        assertThat(systemd.starts).hasValue(0);

        Files.delete(started);
        systemd.watcher.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        start();

        assertThat(outcomes.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isInstanceOf(WakeOutcome.Ready.class);
    }

    @Test
    void aWakeThatNobodyWantsAnyMoreIsDroppedWhenItsTurnComes() throws Exception {
        WakeSlots.Slot taken = slots.take();
        BlockingQueue<WakeOutcome> outcomes = begin(false);
        wanted.set(false);
        taken.close();

        assertThat(outcomes.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isInstanceOf(WakeOutcome.Dropped.class);
        assertThat(systemd.starts).hasValue(0);
    }

    @Test
    void eachPhaseHasADeadlineWithWordsOfItsOwn() throws Exception {
        limits(", \"queueDeadline\": \"50ms\"");
        WakeSlots.Slot taken = slots.take();
        WakeOutcome queued = wake(false);
        assertFailed(queued, "one of the 1 wakes that may be under way", "/etc/dormouse/max-wakes");
        assertThat(queued)
                .isInstanceOfSatisfying(
                        WakeOutcome.Failed.class,
                        failed -> assertThat(failed.kind()).isEqualTo(WakeFailure.QUEUE_TIMEOUT));
        taken.close();

        limits(", \"unitDeadline\": \"60ms\"");
        WakeOutcome unit = wake(false);
        assertFailed(unit, "not started within 60ms");
        assertThat(unit)
                .isInstanceOfSatisfying(
                        WakeOutcome.Failed.class,
                        failed -> assertThat(failed.kind()).isEqualTo(WakeFailure.UNIT_TIMEOUT));
    }

    @Test
    void withoutTheBusAHandedOverContainerIsStillServed() throws Exception {
        systemd.refusal = java.util.Optional.of("no system bus");
        start();

        assertThat(wake(true)).isInstanceOf(WakeOutcome.Ready.class);
    }

    @Test
    void withoutTheBusALaterWakeFailsWithItsWords() throws Exception {
        systemd.refusal = java.util.Optional.of("no system bus");

        assertFailed(wake(false), "cannot start dormouse-container@nginx.service: no system bus");
    }

    @Test
    void theDeadlineEndsAStartThatHangs() throws Exception {
        service("50ms", "listening");

        assertFailed(wake(false), "not ready after 50ms: the container has not started");
    }

    @Test
    void tcpAndHttpAreAsked() throws Exception {
        start();
        service("60s", "tcp");
        assertThat(wake(true)).isInstanceOf(WakeOutcome.Ready.class);

        service("100ms", "http:/health");
        assertFailed(wake(true), "not ready after 100ms");
    }

    @Test
    void theProbersWordCountsForTheRunThatItIsAbout() throws Exception {
        Files.writeString(folder.resolve("run/started"), "PID=1\nSTARTED=22\nSTARTTIME=3\n");
        service("100ms", "log:is up");
        assertFailed(
                wake(true),
                "not ready after 100ms: it waited for a line of its log that matches is up, which dormouse-prober");

        Files.writeString(folder.resolve("run/ready-nginx"), "STARTED=2\n");
        assertFailed(wake(true), "not ready after 100ms");

        Files.writeString(folder.resolve("run/ready-nginx"), "STARTED=22\n");
        assertThat(wake(true)).isInstanceOf(WakeOutcome.Ready.class);
    }

    @Test
    void autoIsTheHealthCheckIfTheContainerHasOne() throws Exception {
        Files.writeString(folder.resolve("run/started"), "PID=1\nSTARTED=22\nSTARTTIME=3\n");
        Files.writeString(folder.resolve("run/health"), "starting\n");
        service("100ms", "auto");
        assertThat(wake(true)).as("it has none, and listens").isInstanceOf(WakeOutcome.Ready.class);
        service("100ms", "health");
        assertFailed(wake(true), "it has no health check, which its service waits for");

        Path facts = folder.resolve("wake/nginx.json");
        Files.writeString(facts, Files.readString(facts).replace("false", "true"));
        service("100ms", "auto");
        assertFailed(wake(true), "it waited for its health check to succeed (health: starting)");
    }

    @Test
    void aContainerWithoutNetworkAndAMissingServiceFileAreErrors() throws Exception {
        wakeFile("");
        assertFailed(wake(true), "has no network (--network none)");

        Files.delete(folder.resolve("services/nginx.json"));
        assertFailed(wake(true), "there is no " + folder.resolve("services/nginx.json"));
    }

    private void start() throws IOException {
        Files.writeString(folder.resolve("run/started"), "PID=1\n");
    }

    private WakeOutcome wake(boolean handedOver) throws InterruptedException {
        WakeOutcome outcome = begin(handedOver).poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(outcome).as("outcome within " + PATIENCE_SECONDS + " s").isNotNull();
        return java.util.Objects.requireNonNull(outcome);
    }

    private BlockingQueue<WakeOutcome> begin(boolean handedOver) {
        BlockingQueue<WakeOutcome> outcomes = new LinkedBlockingQueue<>();
        new SystemdWaker(
                        new Folders(folder.resolve("services"), folder.resolve("wake"), folder.resolve("run")),
                        systemd,
                        slots,
                        task -> threads.add(Thread.ofPlatform().daemon().start(task)))
                .wake(new WakeRequest("nginx", handedOver, wanted::get), outcomes::add);
        return outcomes;
    }

    private static void assertFailed(@org.jspecify.annotations.Nullable WakeOutcome outcome, String... words) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        WakeOutcome.Failed.class,
                        failed -> assertThat(failed.reason()).contains(words));
    }

    private void wakeFile(String address) throws IOException {
        Files.createDirectories(folder.resolve("wake"));
        Files.writeString(folder.resolve("wake/nginx.json"), """
                {"schema": 1, "name": "nginx", "container": "00", %s "ports": [80], "runtimeFolder": "%s",
                 "healthcheck": false}
                """.formatted(address, folder.resolve("run")));
    }

    private void service(String deadline, String ready) throws IOException {
        service(deadline, ready, "");
    }

    private void limits(String limits) throws IOException {
        service("60s", "listening", limits);
    }

    private void service(String deadline, String ready, String limits) throws IOException {
        Files.createDirectories(folder.resolve("services"));
        Files.writeString(folder.resolve("services/nginx.json"), """
                {"schema": 1, "name": "nginx", "listen": ["80"], "port": %d, "idle": "10m", "ready": "%s", "deadline": "%s"%s}
                """.formatted(
                        container.getLocalPort(), ready, deadline, limits));
    }
}
