package dev.dormouse.waitport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusRangesTest {
    @Test
    void singleStatusesRangesAndListsAreRead() {
        StatusRanges ranges = StatusRanges.parse("200,301-302");

        assertThat(ranges.contains(200)).isTrue();
        assertThat(ranges.contains(201)).isFalse();
        assertThat(ranges.contains(301)).isTrue();
        assertThat(ranges.contains(302)).isTrue();
        assertThat(ranges.contains(303)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "20",
                "2000",
                "2xx",
                "200-",
                "-200",
                "399-200",
                "199",
                "600",
                "200,",
                "200 ,300",
                "200-300-400"
            })
    void anythingElseIsRejected(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> StatusRanges.parse(text));
    }
}
