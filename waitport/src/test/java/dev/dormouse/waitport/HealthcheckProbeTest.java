package dev.dormouse.waitport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthcheckProbeTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    /** Stands for {@code crun exec ID}: shows what it was asked to run and fails. */
    private static final List<String> SHOW = List.of("sh", "-c", "printf '<%s>' \"$@\"; exit 1", "exec", "ID");

    @Test
    void noCheckIsNoProbe() {
        assertThat(HealthcheckProbe.of(List.of(), List.of(), LONG)).isEmpty();
        assertThat(HealthcheckProbe.of(List.of("NONE"), List.of(), LONG)).isEmpty();
    }

    @Test
    void cmdRunsItsArgumentsAfterThePrefix() throws Exception {
        assertThat(probe(List.of("CMD", "curl", "-f", "a b"), SHOW).attempt(LONG))
                .isEqualTo(new ProbeResult.NotYet(Cause.EXIT, "exit status 1: <ID><curl><-f><a b>"));
    }

    @Test
    void cmdShellRunsInTheContainersShell() throws Exception {
        assertThat(probe(List.of("CMD-SHELL", "curl || exit 1"), SHOW).attempt(LONG))
                .isEqualTo(new ProbeResult.NotYet(Cause.EXIT, "exit status 1: <ID></bin/sh><-c><curl || exit 1>"));
    }

    @Test
    void statusZeroIsReady() throws Exception {
        assertThat(probe(List.of("CMD-SHELL", "exit 0"), List.of()).attempt(LONG))
                .isEqualTo(ProbeResult.READY);
    }

    @Test
    void aRunIsBoundedByTheChecksOwnTimeout() throws Exception {
        HealthcheckProbe probe = HealthcheckProbe.of(List.of("CMD", "sleep", "1000"), List.of(), Duration.ofMillis(40))
                .orElseThrow();

        assertThat(probe.attempt(LONG))
                .isEqualTo(new ProbeResult.NotYet(Cause.TIMED_OUT, "the command has not ended after 40 ms"));
    }

    @Test
    void otherFormsAreRejected() {
        for (List<String> test : List.of(
                List.of("CMD"), List.of("CMD-SHELL"), List.of("CMD-SHELL", "a", "b"), List.of("curl"), List.of(""))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> HealthcheckProbe.of(test, List.of(), LONG))
                    .withMessageContaining("[CMD-SHELL, command]");
        }
    }

    private static HealthcheckProbe probe(List<String> test, List<String> prefix) {
        return HealthcheckProbe.of(test, prefix, LONG).orElseThrow();
    }
}
