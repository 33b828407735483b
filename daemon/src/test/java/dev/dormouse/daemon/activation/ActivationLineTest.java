package dev.dormouse.daemon.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActivationLineTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final String LINE = "{\"time\":1764000000000000001,\"service\":\"web\",\"container\":\"nginx\","
            + "\"containerId\":\"" + "a".repeat(64) + "\",\"phase\":\"wake\",\"outcome\":\"ready\","
            + "\"reason\":\"because\",\"queueMicros\":0,\"readyMicros\":47000,\"later\":{\"what\":1}}";

    @Test
    void aWakeIsAnEventOfItsContainer() throws BrokenLineException {
        Activation activation = ActivationLine.parse(LINE, NOW);
        assertThat(activation.action()).isEqualTo("activation: awake");
        assertThat(activation.container()).isEqualTo("nginx");
        assertThat(activation.containerId()).contains("a".repeat(64));
        assertThat(activation.time()).isEqualTo(Instant.ofEpochSecond(1_764_000_000L, 1));
        assertThat(activation.attributes())
                .isEqualTo(Map.of(
                        "service", "web",
                        "phase", "wake",
                        "outcome", "ready",
                        "reason", "because",
                        "queueMicros", "0",
                        "readyMicros", "47000"));
    }

    @ParameterizedTest
    @CsvSource({
        "ready,timeout,wake-failed",
        "queue,dropped,wake-dropped",
        "sleep,asleep,asleep",
        "freeze,frozen,frozen",
        "thaw,thawed,thawed",
        "filter,min-bytes,filtered",
        "connect,timeout,client-closed"
    })
    void eachEndOfAPhaseHasItsWord(String phase, String outcome, String word) throws BrokenLineException {
        String line = LINE.replace("\"ready\"", '"' + outcome + '"').replace("\"wake\"", '"' + phase + '"');
        assertThat(ActivationLine.parse(line, NOW).action()).isEqualTo("activation: " + word);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"web\"|\"../web\"|service must be",
                "\"nginx\"|7|container must be",
                "\"aaa|\"zaa|containerId must be",
                "\"wake\"|\"Wake\"|phase must be",
                "\"wake\"|\"sleep\"|phase and outcome",
                "\"ready\"|null|outcome must be",
                "because|be\\u001b[2Jcause|reason must be",
                "47000|-1|readyMicros must be",
                "47000|1e3|readyMicros must be",
                "47000|99999999999999999999|readyMicros must be",
                "1764000000000000001|1964000000000000001|future",
                "1764000000000000001|\"now\"|time must be",
                "{\"time\"|[{\"time\"|no JSON object"
            })
    void whatIsWrongIsSaidWithoutItsWords(String part, String instead, String problem) {
        assertThatThrownBy(() -> ActivationLine.parse(LINE.replace(part, instead), NOW))
                .isInstanceOf(BrokenLineException.class)
                .hasMessageContaining(problem)
                .hasMessageNotContaining("because");
    }

    @Test
    void theActivatorCannotTellWithoutEnd() {
        Allowance allowance = new Allowance(0);
        int taken = 0;
        while (allowance.take(0)) {
            taken++;
        }
        assertThat(taken).isEqualTo(2000);
        assertThat(allowance.take(99_999_999)).isFalse();
        assertThat(allowance.take(100_000_000)).isTrue();
        assertThat(allowance.take(100_000_001)).isFalse();
    }
}
