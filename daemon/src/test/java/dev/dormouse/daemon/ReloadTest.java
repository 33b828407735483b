package dev.dormouse.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.daemon.config.CommandLineSettings;
import dev.dormouse.daemon.config.ConfigException;
import dev.dormouse.daemon.config.ConfigSource;
import dev.dormouse.daemon.config.Configuration;
import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final SaidToSystemd systemd = new SaidToSystemd();
    private final StatusLine status = new StatusLine(systemd);

    @SuppressWarnings("NullAway.Init")
    private Configuration configuration;

    @SuppressWarnings("NullAway.Init")
    private Reload reload;

    @BeforeEach
    void load() {
        configuration =
                Configuration.load(new ConfigSource(folder.resolve("daemon.json"), false, CommandLineSettings.NONE));
        reload = new Reload(configuration, systemd, status);
        status.phase("running");
    }

    private void write(String text) throws IOException {
        Files.writeString(folder.resolve("daemon.json"), text);
    }

    @Test
    void systemdIsToldOfBothEndsAndOfWhatNeedsARestart() throws IOException {
        write("{\"debug\": true, \"group\": \"adm\"}");
        assertThat(reload.reload().changed()).containsExactly("debug");
        assertThat(reload.current().debug()).isTrue();
        status.phase("stopping");

        assertThat(systemd.said())
                .containsExactly(
                        "running",
                        "reloading",
                        "running; needs a restart to take effect: group",
                        "ready",
                        "stopping; needs a restart to take effect: group");
    }

    @Test
    void aFailureIsShownUntilTheNextReload() throws IOException {
        write("[]");
        assertThatThrownBy(reload::reload).isInstanceOf(ConfigException.class);
        write("{}");
        reload.onSignal();

        assertThat(systemd.said())
                .containsExactly(
                        "running",
                        "reloading",
                        "running; last reload failed: " + folder.resolve("daemon.json") + ": must be a JSON object",
                        "ready",
                        "reloading",
                        "running",
                        "ready");
    }

    @Test
    void aSignalThatCannotBeFollowedHarmsNothing() throws IOException {
        configuration.onChange(_ -> {
            throw new EngineException.Failed("no room");
        });
        write("{\"debug\": true}");
        reload.onSignal();

        assertThat(reload.current().debug()).isFalse();
        assertThat(systemd.said())
                .containsExactly(
                        "running",
                        "reloading",
                        "running; last reload failed: the new configuration could not be put into effect,"
                                + " the old one counts: no room",
                        "ready");
    }
}
