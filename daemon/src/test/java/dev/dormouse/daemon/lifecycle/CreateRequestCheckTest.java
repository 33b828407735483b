package dev.dormouse.daemon.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.daemon.container.BindMount;
import dev.dormouse.daemon.container.ContainerConfig;
import dev.dormouse.daemon.container.HostConfig;
import dev.dormouse.daemon.container.NetworkMode;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.spec.Signals;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreateRequestCheckTest {
    @Test
    void whatIsWrongIsNamedAndNoVariableIsShown() {
        refused(config("", "SIGNAP", 1, List.of()), Engine.host(), "invalid signal: SIGNAP");
        refused(config("", "9", -2, List.of()), Engine.host(), "invalid stop timeout -2");
        refused(config("srv", "9", 1, List.of()), Engine.host(), "the working directory 'srv' is invalid");
        refused(config("", "9", 1, List.of("=hush")), Engine.host(), "its name is empty");
        refused(config("", "9", 1, List.of("A=hu\0sh")), Engine.host(), "NUL");
        refused(Engine.config(), host("srv", "/srv", 0), "invalid mount source 'srv'");
        refused(Engine.config(), host("/srv", "srv", 0), "mount path must be absolute");
        refused(Engine.config(), host("/srv", "/", 0), "root cannot be mounted over");
        refused(Engine.config(), host("/srv", "/srv", (6 << 20) - 1), "Minimum memory limit allowed is 6MB");
        CreateRequestCheck.check(config("/", "QUIT", -1, List.of("A=b", "C")), host("/srv", "/srv", 6 << 20));
    }

    @ParameterizedTest
    @CsvSource({"TERM,15", "sigterm,15", "SIGKILL,9", "9,9", "IOT,6", "RTMIN,34", "SIGRTMIN+3,37", "RTMAX-1,63", "64,64"
    })
    void signalsAreKnownByNameAndNumber(String text, int number) {
        assertThat(Signals.number(text)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "65", "-9", "SIG", "NAP", "RTMIN+31", "RTMAX+1", "TERM "})
    void otherSignalsAreRefused(String text) {
        assertThatThrownBy(() -> Signals.number(text))
                .isInstanceOf(EngineException.InvalidParameter.class)
                .hasMessageStartingWith("invalid signal: " + text);
    }

    @Test
    void everyNumberHasATextThatMeansIt() {
        for (int number = 1; number <= 64; number++) {
            assertThat(Signals.number(Signals.text(number))).isEqualTo(number);
        }
    }

    private static void refused(ContainerConfig config, HostConfig host, String message) {
        assertThatThrownBy(() -> CreateRequestCheck.check(config, host))
                .isInstanceOf(EngineException.InvalidParameter.class)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("hush");
    }

    private static ContainerConfig config(String workingDir, String stopSignal, int stopTimeout, List<String> env) {
        return new ContainerConfig(
                "",
                "",
                env,
                Optional.empty(),
                Optional.empty(),
                workingDir,
                Map.of(),
                Set.of(),
                Optional.of(stopSignal),
                Optional.of(stopTimeout),
                Optional.empty(),
                OneImage.NAME);
    }

    private static HostConfig host(String source, String target, long memory) {
        return new HostConfig(
                NetworkMode.NONE,
                List.of(),
                List.of(new BindMount(source, target, false)),
                false,
                false,
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                memory,
                0,
                0);
    }
}
