package dev.dormouse.daemon.shutdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderedShutdownTest {
    private static final List<String> NAMES = List.of("listeners", "requests", "containers", "events", "systemd");

    private final List<String> ran = new ArrayList<>();

    private ShutdownPhase good(String name) {
        return ShutdownPhase.of(name, () -> ran.add(name));
    }

    private ShutdownPhase bad(String name, Exception failure) {
        return ShutdownPhase.of(name, () -> {
            ran.add(name);
            throw failure;
        });
    }

    @Test
    void allAreRunInOrder() {
        OrderedShutdown.run(NAMES.stream().map(this::good).toList());
        assertThat(ran).isEqualTo(NAMES);
    }

    @Test
    void whicheverFailsTheLaterOnesAreRun() {
        for (String failing : NAMES) {
            ran.clear();
            IOException failure = new IOException("disk on fire");
            assertThatThrownBy(() -> OrderedShutdown.run(NAMES.stream()
                            .map(name -> name.equals(failing) ? bad(name, failure) : good(name))
                            .toList()))
                    .isInstanceOf(ShutdownException.class)
                    .hasMessage("of 5 phases of the shutdown, 1 failed: " + failing + "; the others were done")
                    .hasSuppressedException(failure);
            assertThat(ran).as(failing).isEqualTo(NAMES);
        }
    }

    @Test
    void allFailuresAreCollectedAndAnInterruptEndsOnlyItsOwnPhase() {
        ShutdownPhase interrupted = ShutdownPhase.of("requests", () -> {
            Thread.currentThread().interrupt();
            throw new InterruptedException();
        });
        ShutdownPhase unlinked = ShutdownPhase.of("runtime", () -> {
            throw new NoClassDefFoundError("gone");
        });
        ShutdownPhase looks = ShutdownPhase.of("looks", () -> {
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            ran.add("looks");
        });
        assertThatThrownBy(() -> OrderedShutdown.run(List.of(interrupted, unlinked, looks)))
                .hasMessageContaining("2 failed: requests, runtime")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(2));
        assertThat(ran).containsExactly("looks");
    }
}
