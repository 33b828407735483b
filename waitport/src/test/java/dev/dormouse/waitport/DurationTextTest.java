package dev.dormouse.waitport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
    private static final Duration LEAST = Duration.ofMillis(1);
    private static final Duration MOST = Duration.ofHours(24);

    @ParameterizedTest
    @CsvSource({"1ms, 1", "500ms, 500", "60s, 60000", "60, 60000", "2m, 120000", "1h, 3600000", "24h, 86400000"})
    void everyUnitIsRead(String text, long millis) {
        assertThat(DurationText.parse("--timeout", text, LEAST, MOST)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s",
                "-1s",
                "+1s",
                "1.5s",
                "1 s",
                " 1s",
                "1S",
                "1d",
                "1m30s",
                "0",
                "0ms",
                "25h",
                "1000000000ms",
                "٣s"
            })
    void anythingElseIsRejectedWithTheNameAndWhatIsAllowed(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DurationText.parse("--timeout", text, LEAST, MOST))
                .withMessage("--timeout: '" + text + "' is not allowed; give a whole number followed by ms, s, m or h"
                        + " (without one: seconds), from 1ms to 24h");
    }

    @ParameterizedTest
    @CsvSource({"0, 0s", "1500, 1500ms", "90000, 90s", "120000, 2m", "3600000, 1h"})
    void aFormattedDurationCanBeReadBack(long millis, String text) {
        assertThat(DurationText.format(Duration.ofMillis(millis))).isEqualTo(text);
        assertThat(DurationText.parse("x", text, Duration.ZERO, MOST)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"1, 1 ms", "500, 500 ms", "1000, 1 s", "1500, 1.5 s", "1050, 1.05 s", "60000, 60 s", "3600000, 3600 s"})
    void wordsAreForPeople(long millis, String words) {
        assertThat(DurationText.words(Duration.ofMillis(millis))).isEqualTo(words);
    }
}
