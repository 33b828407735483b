package dev.dormouse.proxy.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.proxy.Backend.ConnectFailed;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(10)
class PatientBackendTest {
    private static final SocketAddress ONE = InetSocketAddress.createUnresolved("one.invalid", 80);
    private static final SocketAddress OTHER = InetSocketAddress.createUnresolved("other.invalid", 80);
    private static final Target TARGET = new Target.Host("test.invalid", 80);

    /** Addresses that the test sets. */
    private static final class Known implements Addresses {
        private CompletableFuture<List<SocketAddress>> current = new CompletableFuture<>();
        private int failures;

        @Override
        public CompletableFuture<List<SocketAddress>> current() {
            return current;
        }

        @Override
        public void allFailed() {
            failures++;
        }
    }

    private final Known known = new Known();
    private final PatientBackend backend = new PatientBackend(TARGET, known, Optional.of(Duration.ofSeconds(60)));

    @Test
    void aKnownAddressIsToldAtOnceAndWithoutANewObject() {
        known.current.complete(List.of(ONE, OTHER));

        CompletableFuture<SocketAddress> answer = backend.address(Optional.empty());

        assertThat(answer).isCompletedWithValue(ONE);
        assertThat(backend.address(Optional.empty())).isSameAs(answer);
        known.current = CompletableFuture.completedFuture(List.of(OTHER));
        assertThat(backend.address(Optional.empty())).isCompletedWithValue(OTHER);
    }

    @Test
    void aNameIsWaitedForUntilItIsKnown() {
        CompletableFuture<SocketAddress> answer = backend.address(Optional.empty());
        assertThat(answer).isNotDone();

        known.current.complete(List.of(ONE));

        assertThat(answer).isCompletedWithValue(ONE);
    }

    @Test
    void aNameIsNotWaitedForLongerThanAllowed() {
        PatientBackend hasty = new PatientBackend(TARGET, known, Optional.of(Duration.ofMillis(5)));

        assertThat(hasty.address(Optional.empty()))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void theOtherAddressesAreTriedAtOnceAndThenAllAgainAfterADelay() throws Exception {
        known.current.complete(List.of(ONE, OTHER));

        assertThat(backend.address(failed(1, Duration.ZERO))).isCompletedWithValue(OTHER);
        assertThat(known.failures).isZero();
        CompletableFuture<SocketAddress> second = backend.address(failed(2, Duration.ZERO));
        assertThat(known.failures).isEqualTo(1);
        assertThat(second.get()).isEqualTo(ONE);
    }

    @Test
    void aClientIsGivenUpWhenItsTimeIsOver() {
        known.current.complete(List.of(ONE));

        assertThat(backend.address(failed(7, Duration.ofSeconds(60)))).isCompletedExceptionally();
        assertThat(new PatientBackend(TARGET, known, Optional.empty())
                        .address(failed(7, Duration.ofDays(1)))
                        .orTimeout(5, TimeUnit.SECONDS))
                .succeedsWithin(Duration.ofSeconds(5), InstanceOfAssertFactories.type(SocketAddress.class))
                .isEqualTo(ONE);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1",
        "2, 1, 2",
        "3, 1, 4",
        "5, 1, 16",
        "6, 1, 25",
        "1000, 1, 25",
        "1, 25, 1",
        "9, 25, 25",
        "1, 256, 256"
    })
    void delaysDoubleToABoundAndMakeRoomForWhatIsStarting(int rounds, int clients, long millis) {
        assertThat(PatientBackend.delayMillis(rounds, clients)).isEqualTo(millis);
    }

    private static Optional<ConnectFailed> failed(int failures, Duration held) {
        return Optional.of(new ConnectFailed(ONE, "Connection refused", failures, held));
    }
}
