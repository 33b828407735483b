package dev.dormouse.activator.rehearsal;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

/** A client is held, served through the real data plane, and answered. */
class RehearsalTest {
    @Test
    void aClientIsServedWithNothingButThisProcess() {
        assertThatCode(Rehearsal::run).doesNotThrowAnyException();
    }
}
