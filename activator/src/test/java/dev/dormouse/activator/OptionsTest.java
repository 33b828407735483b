package dev.dormouse.activator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.activator.config.ConfigException;
import dev.dormouse.activator.service.Settings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void defaults() {
        assertThat(Options.parse()).isEqualTo(new Options(false, false, Settings.STANDARD));
        assertThat(Settings.STANDARD).isEqualTo(new Settings(Duration.ofSeconds(10), Duration.ofSeconds(10), 65_536));
        assertThat(Options.HELP).contains("(default: 10s)", "(default: 65536)");
    }

    @Test
    void everyOptionInBothForms() {
        assertThat(Options.parse("--linger=1m", "--drain", "30s", "--connections-max=7")
                        .settings())
                .isEqualTo(new Settings(Duration.ofMinutes(1), Duration.ofSeconds(30), 7));
        assertThat(Options.parse("--help").help()).isTrue();
        assertThat(Options.parse("--rehearse").rehearse()).isTrue();
    }

    @Test
    void errorsNameTheOption() {
        assertThatThrownBy(() -> Options.parse("--linger=soon"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("--linger: 'soon'");
        assertThatThrownBy(() -> Options.parse("--drain")).hasMessageContaining("--drain");
        assertThatThrownBy(() -> Options.parse("--connections-max=0")).hasMessageContaining("from 1 to 1000000");
        assertThatThrownBy(() -> Options.parse("--what=1")).hasMessageContaining("--what: unknown option");
    }
}
