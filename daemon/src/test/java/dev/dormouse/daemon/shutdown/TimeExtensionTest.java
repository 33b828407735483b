package dev.dormouse.daemon.shutdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.units.notify.Notifier;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TimeExtensionTest {
    private static final Duration INTERVAL = Duration.ofMillis(20);

    private final BlockingQueue<Duration> asked = new LinkedBlockingQueue<>();
    private final Notifier notifier = (Notifier) Proxy.newProxyInstance(
            Notifier.class.getClassLoader(), new Class<?>[] {Notifier.class}, (_, method, arguments) -> {
                assertThat(method.getName()).isEqualTo("extendTimeout");
                asked.add((Duration) arguments[0]);
                return null;
            });

    @Test
    void itAsksAtOnceAndAgainAndEachTimeForMoreThanTheIntervalUntilClosed() throws Exception {
        try (TimeExtension _ = TimeExtension.begin(notifier, INTERVAL, Duration.ofMinutes(1))) {
            for (int i = 0; i < 5; i++) {
                assertThat(asked.take()).isGreaterThan(INTERVAL);
            }
        }
        awaitSilence();
    }

    @Test
    void itEndsWhenTheTimeIsOverUnlessMoreIsAllowed() throws Exception {
        try (TimeExtension extension = TimeExtension.begin(notifier, INTERVAL, Duration.ZERO)) {
            awaitSilence();
            assertThat(extension).isNotNull();
        }
        try (TimeExtension extension = TimeExtension.begin(notifier, INTERVAL, Duration.ofMillis(1))) {
            extension.allow(new StopTime(Optional.empty()), Duration.ZERO);
            for (int i = 0; i < 10; i++) {
                asked.take();
            }
        }
    }

    private void awaitSilence() throws InterruptedException {
        while (asked.poll(INTERVAL.toMillis() * 10, TimeUnit.MILLISECONDS) != null) {
            // those that were on their way
        }
        assertThat(asked).isEmpty();
    }
}
