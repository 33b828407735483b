package dev.dormouse.daemon.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DetachKeysTest {
    private final DetachKeys keys = new DetachKeys(bytes("pq"));

    @Test
    void theKeysAreFoundAcrossPiecesAndGoNoFurther() {
        assertThat(pass("ab")).isEqualTo("ab");
        assertThat(pass("cp")).as("held back until it is known").isEqualTo("c");
        DetachKeys.Passed last = keys.pass(bytes("q rest"), 6);
        assertThat(last.detached()).isTrue();
        assertThat(last.bytes()).isEmpty();
    }

    @Test
    void whatOnlyBeginsLikeThemIsPassedOn() {
        assertThat(pass("p")).isEmpty();
        assertThat(pass("x")).isEqualTo("px");
        assertThat(pass("pp")).isEqualTo("p");
        assertThat(pass("a")).isEqualTo("pa");
    }

    private String pass(String typed) {
        DetachKeys.Passed passed = keys.pass(bytes(typed), typed.length());
        assertThat(passed.detached()).isFalse();
        return new String(passed.bytes(), StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
