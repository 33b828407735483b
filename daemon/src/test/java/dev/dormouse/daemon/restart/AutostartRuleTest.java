package dev.dormouse.daemon.restart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.ContainerState;
import dev.dormouse.daemon.container.RestartPolicy;
import dev.dormouse.daemon.lifecycle.RestoredContainers.RestartFacts;
import dev.dormouse.daemon.runtime.ContainerRecords;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutostartRuleTest {
    private static final Instant THEN = Instant.parse("2026-11-24T10:00:00Z");

    /** boot: whether it is a new one; by hand: whether the last stop was; lost: whether the machine went down under the last run. */
    @ParameterizedTest(name = "{0}, {1}, new boot {2}, by hand {3}, lost {4}: {5}")
    @CsvSource({
        "no, exited 1, true, false, false, false",
        "no, exited 255, true, false, true, false",
        "always, created, true, false, false, false",
        "always, running, true, false, false, false",
        "always, restarting, true, false, false, false",
        "always, exited 0, true, false, false, true",
        "always, exited 137, true, true, false, true",
        "always, exited 0, false, false, false, true",
        "always, exited 137, false, true, false, false",
        "unless-stopped, exited 0, true, false, false, true",
        "unless-stopped, exited 137, true, true, false, false",
        "unless-stopped, exited 0, false, false, false, true",
        "unless-stopped, exited 137, false, true, false, false",
        "on-failure, exited 1, true, false, false, true",
        "on-failure, exited 143, true, false, false, true",
        "on-failure, exited 0, true, false, false, false",
        "on-failure, exited 0, true, false, true, true",
        "on-failure, exited 137, true, true, false, false",
        "on-failure, exited 1, false, false, false, false",
        "on-failure, running, true, false, false, false",
    })
    void decides(String policy, String state, boolean newBoot, boolean byHand, boolean lost, boolean starts) {
        ContainerRecord plain = ContainerRecords.of("c", "true");
        RestartPolicy.Kind kind = RestartPolicy.Kind.of(policy).orElseThrow();
        ContainerRecord record = plain.with(plain.hostConfig().withRestartPolicy(new RestartPolicy(kind, 0)));
        boolean startedBefore = !state.equals("created");
        assertThat(AutostartRule.starts(new RestartFacts(record, state(state), startedBefore, byHand, lost), newBoot))
                .isEqualTo(starts);
    }

    private static ContainerState state(String words) {
        String[] parts = words.split(" ", -1);
        return switch (parts[0]) {
            case "created" -> new ContainerState.Created();
            case "running" -> new ContainerState.Running(1, THEN);
            case "restarting" -> new ContainerState.Restarting(1, THEN, THEN);
            default -> new ContainerState.Exited(Integer.parseInt(parts[1]), THEN, THEN, "");
        };
    }
}
