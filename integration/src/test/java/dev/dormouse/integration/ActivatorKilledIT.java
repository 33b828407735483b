package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The activator dies by SIGKILL: every socket listens again by itself, and the next client is served. */
@ExtendWith(LeavesNothing.class)
class ActivatorKilledIT {
    @Test
    void theNextConnectionIsServed() throws Exception {
        try (NginxService nginx = NginxService.enable("orphan", 8012, "10m")) {
            for (int round = 0; round < 3; round++) {
                assertThat(nginx.get().send().status()).isEqualTo(200);
                String pid = SystemUnit.ACTIVATOR.property("MainPID");
                assertThat(pid).isNotEqualTo("0");
                Shell.run("kill", "-KILL", pid);
                assertThat(nginx.get().send().status()).isEqualTo(200);
            }
            assertThat(nginx.container().isActive()).isTrue();
        }
    }
}
