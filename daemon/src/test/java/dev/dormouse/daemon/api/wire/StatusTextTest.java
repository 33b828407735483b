package dev.dormouse.daemon.api.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.daemon.container.ContainerState;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusTextTest {
    private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

    /** As docker/go-units' HumanDuration says them. */
    @ParameterizedTest
    @CsvSource({
        "PT0.45S, Less than a second",
        "PT1S, 1 second",
        "PT45S, 45 seconds",
        "PT46S, 46 seconds",
        "PT59S, 59 seconds",
        "PT60S, About a minute",
        "PT1M30S, About a minute",
        "PT3M, 3 minutes",
        "PT35M, 35 minutes",
        "PT59M, 59 minutes",
        "PT1H, About an hour",
        "PT1H45M, 2 hours",
        "PT3H, 3 hours",
        "PT24H, 24 hours",
        "PT36H, 36 hours",
        "P2D, 2 days",
        "P7D, 7 days",
        "P13DT5H, 13 days",
        "P14D, 2 weeks",
        "P35D, 5 weeks",
        "P60D, 2 months",
        "P365D, 12 months",
        "P730D, 2 years",
        "P1095D, 3 years",
    })
    void durationsInWords(Duration duration, String words) {
        assertThat(StatusText.words(duration)).isEqualTo(words);
    }

    @Test
    void states() {
        assertThat(StatusText.of(new ContainerState.Created(), NOW)).isEqualTo("Created");
        assertThat(StatusText.of(new ContainerState.Running(1, NOW.minusSeconds(5)), NOW))
                .isEqualTo("Up 5 seconds");
        assertThat(StatusText.of(new ContainerState.Exited(137, NOW, NOW.minusSeconds(180), ""), NOW))
                .isEqualTo("Exited (137) 3 minutes ago");
        assertThat(StatusText.of(new ContainerState.Restarting(1, NOW, NOW.minusSeconds(2)), NOW))
                .isEqualTo("Restarting (1) 2 seconds ago");
    }
}
