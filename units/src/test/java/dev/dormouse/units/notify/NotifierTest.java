package dev.dormouse.units.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.dormouse.units.libc.Libc;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a real socket, received by {@link NotifyReceiver}. */
@Timeout(20)
class NotifierTest {
    private static final long PID = ProcessHandle.current().pid();

    @TempDir
    private Path folder;

    @Test
    void everythingThatCanBeSaidArrivesInOrder() throws Exception {
        try (ReceivingSocket socket = ReceivingSocket.at(folder.resolve("notify"));
                NotifyReceiver receiver = socket.receiver()) {
            try (Notifier notifier = notifier(socket)) {
                notifier.status("two\nlines");
                notifier.ready();
                notifier.mainPid(42);
                notifier.extendTimeout(Duration.ofMillis(1500));
                notifier.stopping();
            }
            assertThat(next(receiver)).isEqualTo(Map.of("STATUS", "two lines"));
            assertThat(next(receiver)).isEqualTo(Map.of("READY", "1"));
            assertThat(next(receiver)).isEqualTo(Map.of("MAINPID", "42"));
            assertThat(next(receiver)).isEqualTo(Map.of("EXTEND_TIMEOUT_USEC", "1500000"));
            assertThat(next(receiver)).isEqualTo(Map.of("STOPPING", "1"));
        }
    }

    @Test
    void aReloadSaysWhenItBegan() throws Exception {
        try (ReceivingSocket socket = ReceivingSocket.atAbstract("dormouse-test-" + PID);
                NotifyReceiver receiver = socket.receiver();
                Notifier notifier = notifier(socket)) {
            long before = Libc.monotonicMicros();
            notifier.reloading();
            long after = Libc.monotonicMicros();

            Map<String, String> fields = next(receiver);

            assertThat(fields).containsEntry("RELOADING", "1");
            assertThat(Long.parseLong(fields.getOrDefault("MONOTONIC_USEC", "")))
                    .isBetween(before, after);
        }
    }

    @Test
    void theWatchdogHearsASignOfLifeAtHalfItsTime() throws Exception {
        AtomicBoolean asked = new AtomicBoolean();
        try (ReceivingSocket socket = ReceivingSocket.at(folder.resolve("notify"));
                NotifyReceiver receiver = socket.receiver();
                Notifier notifier = notifier(socket, Map.of("WATCHDOG_USEC", "200000"))) {
            long start = System.nanoTime();
            notifier.watchdog(() -> asked.getAndSet(true));

            // The first look finds it not alive; then one each 100 ms.
            assertThat(next(receiver)).isEqualTo(Map.of("WATCHDOG", "1"));
            assertThat(next(receiver)).isEqualTo(Map.of("WATCHDOG", "1"));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        }
    }

    @Test
    void theWatchdogIsOnlyForTheProcessThatItNames() {
        Map<String, String> environment = new HashMap<>(Map.of("WATCHDOG_USEC", "3000000"));
        assertThat(NotifyEnvironment.watchdogInterval(environment, PID)).contains(Duration.ofMillis(1500));
        environment.put("WATCHDOG_PID", Long.toString(PID));
        assertThat(NotifyEnvironment.watchdogInterval(environment, PID)).contains(Duration.ofMillis(1500));
        environment.put("WATCHDOG_PID", Long.toString(PID + 1));
        assertThat(NotifyEnvironment.watchdogInterval(environment, PID)).isEmpty();
        assertThat(NotifyEnvironment.watchdogInterval(Map.of(), PID)).isEmpty();
        assertThat(NotifyEnvironment.watchdogInterval(Map.of("WATCHDOG_USEC", "soon"), PID))
                .isEmpty();
    }

    @Test
    void withoutASocketNothingHappens() {
        try (Notifier notifier = NotifyEnvironment.of(Map.of("WATCHDOG_USEC", "1000"), PID)) {
            assertThat(notifier).isInstanceOf(SilentNotifier.class);
            notifier.ready();
            notifier.watchdog(() -> {
                throw new IllegalStateException("asked");
            });
        }
    }

    @Test
    void anAddressOfAnotherKindSilencesIt() {
        try (Notifier notifier = NotifyEnvironment.of(Map.of("NOTIFY_SOCKET", "vsock:2:1234"), PID)) {
            assertThat(notifier).isInstanceOf(SilentNotifier.class);
        }
        assertThat(NotifyAddress.parse("@name")).contains(new NotifyAddress("\0name"));
        assertThat(NotifyAddress.parse("/" + "x".repeat(106))).isPresent();
        assertThat(NotifyAddress.parse("/" + "x".repeat(107))).isEmpty();
        assertThat(NotifyAddress.parse("@")).isEmpty();
    }

    @Test
    void aFailureReachesNoCaller() {
        Notifier notifier = NotifyEnvironment.of(
                Map.of("NOTIFY_SOCKET", folder.resolve("none").toString()), PID);
        assertThatCode(() -> {
                    notifier.ready();
                    notifier.close();
                    notifier.status("after the close");
                })
                .doesNotThrowAnyException();
    }

    @Test
    void closingWaitsNotForEverForAReceiverThatTakesNothing() {
        AtomicBoolean entered = new AtomicBoolean();
        Notifier notifier = new SocketNotifier(
                _ -> {
                    entered.set(true);
                    try {
                        new CountDownLatch(1).await(); // a full queue
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                },
                Optional.empty());
        for (int i = 0; i < 1000; i++) {
            notifier.status("status " + i);
        }
        long start = System.nanoTime();
        notifier.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(entered).isTrue();
    }

    private static Notifier notifier(ReceivingSocket socket) {
        return notifier(socket, Map.of());
    }

    private static Notifier notifier(ReceivingSocket socket, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("NOTIFY_SOCKET", socket.address);
        return NotifyEnvironment.of(environment, PID);
    }

    private static Map<String, String> next(NotifyReceiver receiver) {
        return receiver.receive().orElseThrow().fields();
    }
}
