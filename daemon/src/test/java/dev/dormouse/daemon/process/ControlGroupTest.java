package dev.dormouse.daemon.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ControlGroupTest {
    @Test
    void thisProcessIsInOneAndNotFrozen() {
        assertThat(ControlGroup.of(ProcessHandle.current().pid()))
                .hasValueSatisfying(group -> assertThat(group.isFrozen()).isFalse());
    }

    @Test
    void aProcessThatEndsWhileItIsLookedAtHasNone() throws IOException, InterruptedException {
        // The kernel answers a reader who opened the file in time with ESRCH, not with an end of file.
        for (int round = 0; round < 50; round++) {
            Process process = new ProcessBuilder("sleep", "60").start();
            Thread killer = Thread.startVirtualThread(process::destroyForcibly);
            while (ControlGroup.of(process.pid()).isPresent() && process.isAlive()) {
                Thread.onSpinWait();
            }
            killer.join();
            process.waitFor();
            assertThat(ControlGroup.of(process.pid())).isEmpty();
        }
    }
}
