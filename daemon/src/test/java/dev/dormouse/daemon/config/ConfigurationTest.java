package dev.dormouse.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final List<String> told = new ArrayList<>();

    private Path file() {
        return folder.resolve("daemon.json");
    }

    private void write(String text) {
        try {
            Files.writeString(file(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Configuration load(CommandLineSettings commandLine) {
        return Configuration.load(new ConfigSource(file(), false, commandLine));
    }

    @Test
    void aReloadTakesWhatChangedAndSaysWhatItWas() {
        Configuration configuration = load(CommandLineSettings.NONE);
        configuration.onChange(config -> told.add("first " + config.debug()));
        configuration.onChange(config -> told.add("second " + config.debug()));
        write("{\"debug\": true, \"labels\": [\"a=b\"]}");

        assertThat(configuration.reload()).isEqualTo(new Reloaded(List.of("debug", "labels"), List.of()));
        assertThat(configuration.current().debug()).isTrue();
        assertThat(configuration.current().labels()).containsExactly("a=b");
        assertThat(configuration.reload()).isEqualTo(new Reloaded(List.of(), List.of()));
        write("{}");
        assertThat(configuration.reload().changed()).containsExactly("debug", "labels");
        assertThat(told).containsExactly("first true", "second true", "first false", "second false");
    }

    @Test
    void whatARunningEngineCannotTakeWaitsForTheNext() {
        Configuration configuration = load(CommandLineSettings.NONE);
        write("{\"hosts\": [\"unix:///tmp/other\"], \"group\": \"wheel\", \"debug\": true}");

        for (int i = 0; i < 2; i++) {
            Reloaded reloaded = configuration.reload();
            assertThat(reloaded.changed()).isEqualTo(i == 0 ? List.of("debug") : List.of());
            assertThat(reloaded.needRestart()).containsExactly("hosts", "group");
        }
        assertThat(configuration.current().hosts()).isEqualTo(ConfigKeys.HOSTS.byDefault());
        assertThat(configuration.current().group()).isEmpty();
        assertThat(load(CommandLineSettings.NONE).current().group()).contains("wheel");
    }

    @Test
    void aBadFileChangesNothing() {
        Configuration configuration = load(CommandLineSettings.NONE);
        configuration.onChange(_ -> told.add("told"));
        write("{\"debug\": true,\n\"default-shm-size\": \"huge\"}");

        assertThatThrownBy(configuration::reload)
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(file() + ": line 2: default-shm-size: must be a size");
        assertThat(configuration.current().debug()).isFalse();
        assertThat(told).isEmpty();
    }

    @Test
    void aListenerThatFailsTakesTheOthersBack() {
        Configuration configuration = load(CommandLineSettings.NONE);
        configuration.onChange(config -> told.add("first " + config.debug()));
        configuration.onChange(config -> {
            told.add("second " + config.debug());
            if (!config.debug()) {
                throw new IllegalStateException("cannot go back either");
            }
        });
        configuration.onChange(_ -> {
            throw new IllegalStateException("no room");
        });
        configuration.onChange(_ -> told.add("never"));
        write("{\"debug\": true}");

        assertThatThrownBy(configuration::reload)
                .isInstanceOf(EngineException.Failed.class)
                .hasMessage("the new configuration could not be put into effect, the old one counts: no room")
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
        assertThat(told).containsExactly("first true", "second true", "second false", "first false");
        assertThat(configuration.current().debug()).isFalse();
    }

    @Test
    void aSettingInBothPlacesIsRefusedAtOnceAndAtAReload() {
        CommandLineSettings flags = CommandLineSettings.of(
                List.of("fd://"),
                Optional.of("wheel"),
                true,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        write("{\"debug\": false,\n\"hosts\": [\"fd://\"],\n\"group\": \"a\"}");
        assertThatThrownBy(() -> load(flags))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.problems())
                                .containsExactly(
                                        file() + ": line 2: hosts: also given by --host; keep one of them",
                                        file() + ": line 3: group: also given by --group; keep one of them",
                                        file() + ": line 1: debug: also given by --debug; keep one of them"));
        write("{}");
        Configuration configuration = load(flags);
        write("{\"debug\": true}");
        assertThatThrownBy(configuration::reload).hasMessageContaining("also given by --debug");
    }

    @Test
    void whatIsWrongOnTheCommandLineIsSaidTogether() {
        CommandLineSettings flags = CommandLineSettings.of(
                List.of("tcp://x", "y"),
                Optional.empty(),
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        assertThat(flags.problems()).hasSize(2).allMatch(problem -> problem.startsWith("--host: "));
        assertThatThrownBy(() -> load(flags)).hasMessageContaining("TCP is refused");
    }
}
