package dev.dormouse.units.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChildEnvironmentTest {
    private static final Map<String, String> SYSTEMD = Map.of(
            "LISTEN_PID", "1",
            "LISTEN_FDS", "1",
            "LISTEN_FDNAMES", "x",
            "LISTEN_PIDFDID", "2",
            "NOTIFY_SOCKET", "/run/x",
            "WATCHDOG_USEC", "1",
            "WATCHDOG_PID", "1",
            "FDSTORE", "512");

    @Test
    void whatSystemdMeantForThisProcessIsRemovedAndNothingElse() {
        Map<String, String> environment = new HashMap<>(SYSTEMD);
        environment.put("PATH", "/bin");
        environment.put("INVOCATION_ID", "abc");
        ChildEnvironment.scrub(environment);
        assertThat(environment).isEqualTo(Map.of("PATH", "/bin", "INVOCATION_ID", "abc"));
    }

    @Test
    void aChildDoesNotSeeIt() throws Exception {
        ProcessBuilder child = new ProcessBuilder("env");
        child.environment().putAll(SYSTEMD);
        ChildEnvironment.scrub(child);
        assertThat(child.start().inputReader().lines()).noneMatch(line -> SYSTEMD.containsKey(line.split("=", 2)[0]));
    }
}
