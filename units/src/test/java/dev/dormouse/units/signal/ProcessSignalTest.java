package dev.dormouse.units.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProcessSignalTest {
    @Test
    void everySignalIsAnOrder() throws Exception {
        Semaphore orders = new Semaphore(0);
        ProcessSignal.on("HUP", orders::release);
        for (int i = 0; i < 2; i++) {
            new ProcessBuilder(
                            "kill",
                            "-HUP",
                            Long.toString(ProcessHandle.current().pid()))
                    .start()
                    .waitFor();
            assertThat(orders.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whatCannotBeHandledIsRefused() {
        assertThatThrownBy(() -> ProcessSignal.on("NONE", () -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("signal NONE cannot be handled: ");
    }
}
