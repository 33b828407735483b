package dev.dormouse.waitport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitTest {
    private static final ProbeResult.NotYet REFUSED = new ProbeResult.NotYet(Cause.REFUSED);

    private final HandTime time = new HandTime();

    @Test
    void delaysStartAtOneMillisecondAndNeverExceedTwentyFive() throws Exception {
        Wait.until(_ -> REFUSED, Duration.ofMillis(150), Backoff.STANDARD, time);

        assertThat(time.sleeps).containsExactly(1L, 2L, 4L, 8L, 16L, 25L, 25L, 25L, 25L, 19L);
    }

    @Test
    void aSmallerMaximumHolds() throws Exception {
        Wait.until(_ -> REFUSED, Duration.ofMillis(18), Backoff.upTo(Duration.ofMillis(5)), time);

        assertThat(time.sleeps).containsExactly(1L, 2L, 4L, 5L, 5L, 1L);
    }

    @Test
    void aReadyServiceIsFoundAtOnceWithoutSleeping() throws Exception {
        WaitOutcome outcome = Wait.until(_ -> ProbeResult.READY, Duration.ofNanos(1), Backoff.STANDARD, time);

        assertThat(outcome).isEqualTo(new WaitOutcome.Ready(Duration.ZERO, 1));
        assertThat(time.sleeps).isEmpty();
    }

    @Test
    void aServiceThatComesUpIsFoundByTheNextAttempt() throws Exception {
        WaitOutcome outcome = Wait.until(
                _ -> time.millis() < 10 ? REFUSED : ProbeResult.READY, Duration.ofSeconds(1), Backoff.STANDARD, time);

        assertThat(outcome).isEqualTo(new WaitOutcome.Ready(Duration.ofMillis(15), 5));
    }

    @Test
    void everyAttemptIsBoundedByTheRemainingTime() throws Exception {
        List<Duration> allowed = new ArrayList<>();

        Wait.until(
                timeout -> {
                    allowed.add(timeout);
                    time.advance(Duration.ofMillis(30));
                    return REFUSED;
                },
                Duration.ofMillis(100),
                Backoff.STANDARD,
                time);

        assertThat(allowed)
                .containsExactly(
                        Duration.ofMillis(100), Duration.ofMillis(69), Duration.ofMillis(37), Duration.ofMillis(3));
    }

    @Test
    void aTimeoutTellsWhatWasLastSeen() throws Exception {
        ProbeResult.NotYet status = new ProbeResult.NotYet(Cause.STATUS, "HTTP status 503");

        WaitOutcome outcome =
                Wait.until(_ -> time.millis() < 10 ? REFUSED : status, Duration.ofMillis(20), Backoff.STANDARD, time);

        assertThat(outcome).isEqualTo(new WaitOutcome.TimedOut(status, Duration.ofMillis(20), 5));
    }

    @Test
    void anAttemptCutShortByTheEndDoesNotHideTheOneBefore() throws Exception {
        WaitOutcome outcome = Wait.until(
                timeout -> timeout.toMillis() < 10 ? new ProbeResult.NotYet(Cause.TIMED_OUT) : REFUSED,
                Duration.ofMillis(20),
                Backoff.STANDARD,
                time);

        assertThat(outcome).isEqualTo(new WaitOutcome.TimedOut(REFUSED, Duration.ofMillis(20), 5));
    }

    @Test
    void aBrokenProbeEndsTheWaitAtOnce() throws Exception {
        WaitOutcome outcome =
                Wait.until(_ -> new ProbeResult.Broken("no such host"), Duration.ofSeconds(60), Backoff.STANDARD, time);

        assertThat(outcome).isEqualTo(new WaitOutcome.Broken("no such host"));
        assertThat(time.millis()).isZero();
    }

    @Test
    void anInterruptEndsTheWait() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Wait.until(_ -> REFUSED, Duration.ofSeconds(60), Backoff.STANDARD))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void meaninglessTimesAreRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Wait.until(_ -> REFUSED, Duration.ZERO, Backoff.STANDARD))
                .withMessageContaining("above zero");
        assertThatIllegalArgumentException().isThrownBy(() -> Backoff.upTo(Duration.ofNanos(999_999)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofMillis(1)));
    }

    private static final class HandTime implements Time {
        private final List<Long> sleeps = new ArrayList<>();
        private long nanos = Long.MAX_VALUE - 5_000_000;
        private final long start = nanos;

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public void sleep(Duration duration) {
            sleeps.add(duration.toMillis());
            advance(duration);
        }

        void advance(Duration duration) {
            nanos += duration.toNanos();
        }

        long millis() {
            return (nanos - start) / 1_000_000;
        }
    }
}
