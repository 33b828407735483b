package dev.dormouse.daemon.shutdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.units.manager.ManagerView;
import dev.dormouse.units.manager.SystemdException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhyStoppingTest {
    private record Systemd(String systemState, Optional<String> job) implements ManagerView {
        @Override
        public Optional<String> jobType(String unit) {
            assertThat(unit).isEqualTo("dormouse.service");
            return job;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "running, stop, STOP, true",
        "degraded, stop, STOP, true",
        "running, restart, RESTART, false",
        "running, try-restart, RESTART, false",
        "running, , SIGNAL, true",
        "stopping, stop, MACHINE, true",
        "stopping, restart, MACHINE, true",
    })
    void theJobSaysIt(String state, String job, StopReason reason, boolean ends) {
        WhyStopping why = new WhyStopping(
                Optional.of(new Systemd(state, Optional.ofNullable(job))), Optional.of("dormouse.service"));
        assertThat(why.find()).isEqualTo(reason);
        assertThat(why.find().endsContainers()).isEqualTo(ends);
    }

    @Test
    void anEngineStartedByHandIsEndedByASignal() {
        assertThat(new WhyStopping(Optional.empty(), Optional.empty()).find()).isEqualTo(StopReason.SIGNAL);
        assertThat(new WhyStopping(Optional.of(new Systemd("running", Optional.of("stop"))), Optional.empty()).find())
                .isEqualTo(StopReason.SIGNAL);
    }

    @Test
    void whenSystemdDoesNotAnswerContainersAreLeft() {
        ManagerView silent = new ManagerView() {
            @Override
            public Optional<String> jobType(String unit) {
                throw new SystemdException("no bus");
            }

            @Override
            public String systemState() {
                throw new SystemdException("no bus");
            }
        };
        StopReason reason = new WhyStopping(Optional.of(silent), Optional.of("dormouse.service")).find();
        assertThat(reason).isEqualTo(StopReason.UNKNOWN);
        assertThat(reason.endsContainers()).isFalse();
        assertThat(StopReason.IDLE.endsContainers()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0::/system.slice/dormouse.service, dormouse.service",
        "0::/user.slice/user-0.slice/session-1.scope, ",
        "1:name=systemd:/system.slice/own.service, own.service",
        "2:memory:/system.slice/other.service, ",
        "0::/system.slice/dormouse.service/child, ",
    })
    void theUnitIsTheOneOfTheControlGroup(String line, String unit, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("cgroup"), line + "\n");
        assertThat(OwnUnit.in(file)).isEqualTo(Optional.ofNullable(unit));
        assertThat(OwnUnit.in(folder.resolve("none"))).isEmpty();
    }
}
