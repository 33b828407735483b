package dev.dormouse.daemon.api.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.daemon.api.wire.RestartPolicyBody;
import dev.dormouse.daemon.container.RestartPolicy;
import dev.dormouse.daemon.error.EngineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestartFieldsTest {
    @ParameterizedTest
    @CsvSource({"'', NO", "no, NO", "always, ALWAYS", "unless-stopped, UNLESS_STOPPED", "on-failure, ON_FAILURE"})
    void dockersWords(String word, RestartPolicy.Kind kind) {
        assertThat(RestartFields.policy("RestartPolicy", new RestartPolicyBody(word, 0)))
                .isEqualTo(new RestartPolicy(kind, 0));
    }

    @Test
    void aMaximumIsForOnFailure() {
        assertThat(RestartFields.policy("RestartPolicy", new RestartPolicyBody("on-failure", 3)))
                .isEqualTo(new RestartPolicy(RestartPolicy.Kind.ON_FAILURE, 3));
        assertThat(RestartFields.policy("RestartPolicy", null)).isEqualTo(RestartPolicy.NO);
    }

    @ParameterizedTest
    @CsvSource({
        "sometimes, 0, 'RestartPolicy.Name must be no, always, unless-stopped or on-failure, not ''sometimes'''",
        "always, 1, 'can only be used with the restart policy ''on-failure'', not ''always'''",
        "'', 1, 'can only be used with the restart policy'",
        "on-failure, -1, 'RestartPolicy.MaximumRetryCount cannot be negative: -1'",
    })
    void whatIsWrongIsNamed(String word, int retries, String message) {
        assertThatThrownBy(() -> RestartFields.policy("RestartPolicy", new RestartPolicyBody(word, retries)))
                .isInstanceOf(EngineException.InvalidParameter.class)
                .hasMessageContaining(message);
    }
}
