package dev.dormouse.daemon.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.spec.Healthcheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthPlanTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsLeftOpenIsDockerds() {
        HealthPlan plan = plan(check(List.of("CMD", "pg_isready", "-q"))).orElseThrow();

        assertThat(plan)
                .isEqualTo(new HealthPlan(
                        List.of("pg_isready", "-q"),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        Duration.ZERO,
                        Duration.ofSeconds(5),
                        3,
                        UnhealthyAction.NOTHING));
    }

    @Test
    void aShellsCommandIsGivenToTheContainersShell() {
        assertThat(plan(check(List.of("CMD-SHELL", "exit 0"))).orElseThrow().command())
                .containsExactly("/bin/sh", "-c", "exit 0");
    }

    @Test
    void withoutACommandThereIsNothingToCheck() {
        assertThat(plan(check(List.of("NONE")))).isEmpty();
        assertThat(plan(check(List.of()))).isEmpty();
        assertThat(HealthPlan.of(Optional.empty(), Map.of())).isEmpty();
    }

    @Test
    void itsFileSaysTheSame() throws IOException {
        HealthPlan plan = HealthPlan.of(
                        Optional.of(new Healthcheck(
                                List.of("CMD", "a \"b\""),
                                Duration.ofMillis(1500),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(4),
                                5)),
                        Map.of(UnhealthyAction.LABEL, "restart"))
                .orElseThrow();
        Path file = Files.writeString(folder.resolve("probe.json"), plan.json());

        assertThat(HealthPlan.read(file)).contains(plan);
        assertThat(HealthPlan.read(folder.resolve("none.json"))).isEmpty();
    }

    @Test
    void anotherVersionsFileIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("probe.json"), "{\"schema\":2}");

        assertThatThrownBy(() -> HealthPlan.read(file))
                .isInstanceOf(EngineException.Failed.class)
                .hasMessageContaining("has schema 2, this version knows 1");
    }

    @Test
    void anUnknownActionIsRefusedByName() {
        assertThat(UnhealthyAction.of(Map.of(UnhealthyAction.LABEL, "stop"))).isEqualTo(UnhealthyAction.STOP);
        assertThatThrownBy(() -> UnhealthyAction.of(Map.of(UnhealthyAction.LABEL, "reboot")))
                .isInstanceOf(EngineException.InvalidParameter.class)
                .hasMessage("label dormouse.unhealthy must be nothing, restart or stop, not 'reboot'");
    }

    private static Optional<HealthPlan> plan(Healthcheck check) {
        return HealthPlan.of(Optional.of(check), Map.of());
    }

    private static Healthcheck check(List<String> test) {
        return new Healthcheck(test, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0);
    }
}
