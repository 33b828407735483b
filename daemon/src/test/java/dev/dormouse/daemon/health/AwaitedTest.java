package dev.dormouse.daemon.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Field {@code ready} of a service's file, as {@code dormouse enable} writes it. */
class AwaitedTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    @Test
    void whatOnlyRootSeesIsReadAndTheRestIsTheActivators() throws IOException {
        assertThat(read("health")).isEqualTo(new Awaited.Healthy(MINUTE));
        assertThat(read("auto")).isEqualTo(new Awaited.Healthy(MINUTE));
        assertThat(read("command:test -e /a: b"))
                .isEqualTo(new Awaited.Command(List.of("/bin/sh", "-c", "test -e /a: b"), MINUTE));
        assertThat(read("command:[\\\"a\\\", \\\"b c\\\"]"))
                .isEqualTo(new Awaited.Command(List.of("a", "b c"), MINUTE));
        assertThat(read("log:up: .*now"))
                .isInstanceOfSatisfying(
                        Awaited.LogLine.class,
                        line -> assertThat(line.expression().pattern()).isEqualTo("up: .*now"));
        assertThat(read("listening")).isEqualTo(new Awaited.Nothing());
        assertThat(read("http:/health,200")).isEqualTo(new Awaited.Nothing());
        assertThat(Awaited.read(folder.resolve("none.json"))).isEqualTo(new Awaited.Nothing());
    }

    @Test
    void whatIsWrongIsNamedWithItsFile() {
        assertThatThrownBy(() -> read("log:("))
                .isInstanceOf(EngineException.Failed.class)
                .hasMessageContaining("nginx.json: ready: log: must be a regular expression");
        assertThatThrownBy(() -> read("command:[1]")).isInstanceOf(EngineException.Failed.class);
    }

    private Awaited read(String ready) throws IOException {
        return Awaited.read(Files.writeString(
                folder.resolve("nginx.json"), "{\"schema\": 1, \"ready\": \"" + ready + "\", \"deadline\": \"1m\"}"));
    }
}
