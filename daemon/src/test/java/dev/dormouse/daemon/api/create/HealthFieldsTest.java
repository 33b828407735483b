package dev.dormouse.daemon.api.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.daemon.api.wire.HealthcheckBody;
import dev.dormouse.daemon.error.EngineException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthFieldsTest {
    @Test
    void whatIsLeftOutIsZeroAndMeansTheDefault() {
        assertThat(HealthFields.healthcheck(body(List.of("CMD", "true"), null, null)))
                .hasValueSatisfying(check -> {
                    assertThat(check.test()).containsExactly("CMD", "true");
                    assertThat(check.interval()).isEqualTo(Duration.ZERO);
                    assertThat(check.retries()).isZero();
                });
        assertThat(HealthFields.healthcheck(null)).isEmpty();
    }

    @Test
    void anErrorNamesTheFieldAndWhatIsAllowed() {
        assertWrong(
                body(List.of("RUN"), null, null),
                "Healthcheck.Test must be a list that begins with NONE, CMD or CMD-SHELL");
        assertWrong(body(List.of("CMD"), null, null), "Healthcheck.Test must have a command after CMD");
        assertWrong(body(List.of("CMD-SHELL"), null, null), "Healthcheck.Test must have a command after CMD-SHELL");
        assertWrong(body(List.of("NONE"), 999_999L, null), "Healthcheck.Interval must be at least 1 ms");
        assertWrong(body(List.of("NONE"), null, -1), "Healthcheck.Retries must be 0 or more");
    }

    private static void assertWrong(HealthcheckBody body, String message) {
        assertThatThrownBy(() -> HealthFields.healthcheck(body))
                .isInstanceOf(EngineException.InvalidParameter.class)
                .hasMessageContaining(message);
    }

    private static HealthcheckBody body(
            List<String> test,
            @org.jspecify.annotations.Nullable Long interval,
            @org.jspecify.annotations.Nullable Integer retries) {
        return new HealthcheckBody(test, interval, null, null, null, retries);
    }
}
