package dev.dormouse.daemon.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.daemon.container.ContainerConfig;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.image.ImageConfig;
import dev.dormouse.daemon.spec.Healthcheck;
import dev.dormouse.daemon.spec.Port;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ImageDefaultsTest {
    private static final Port HTTP = new Port(80, Port.Protocol.TCP);
    private static final Healthcheck IMAGE_CHECK = check(List.of("CMD", "true"), Duration.ofSeconds(9), 2);
    private static final ImageConfig IMAGE = new ImageConfig(
            "www",
            List.of("PATH=/bin", "MODE=image", "GONE=1"),
            Optional.of(List.of("/entry")),
            Optional.of(List.of("serve")),
            "/srv",
            Map.of("a", "image", "b", "image"),
            Set.of(HTTP),
            Set.of(),
            Optional.of("SIGQUIT"),
            Optional.of(IMAGE_CHECK));

    @Test
    void whatTheClientLeavesOpenIsTheImages() {
        ContainerConfig merged =
                ImageDefaults.merge(Engine.config(Optional.empty(), Optional.empty()), Engine.host(), IMAGE);
        assertThat(merged.user()).isEqualTo("www");
        assertThat(merged.workingDir()).isEqualTo("/srv");
        assertThat(merged.entrypoint()).contains(List.of("/entry"));
        assertThat(merged.cmd()).contains(List.of("serve"));
        assertThat(merged.stopSignal()).contains("SIGQUIT");
        assertThat(merged.exposedPorts()).containsExactly(HTTP);
        assertThat(merged.healthcheck()).contains(IMAGE_CHECK);
    }

    @Test
    void aClientsEntrypointResetsTheImagesCommandAndItsCommandKeepsTheEntrypoint() {
        ContainerConfig entry = merge(Optional.of(List.of("/mine")), Optional.empty());
        assertThat(entry.entrypoint()).contains(List.of("/mine"));
        assertThat(entry.cmd()).isEmpty();
        ContainerConfig command = merge(Optional.empty(), Optional.of(List.of("other")));
        assertThat(command.entrypoint()).contains(List.of("/entry"));
        assertThat(command.cmd()).contains(List.of("other"));
    }

    @Test
    void anEmptyEntrypointMeansNone() {
        ContainerConfig merged = merge(Optional.of(List.of("")), Optional.of(List.of("sh")));
        assertThat(merged.entrypoint()).isEmpty();
        assertThat(merged.cmd()).contains(List.of("sh"));
        assertThatThrownBy(() -> merge(Optional.of(List.of("")), Optional.empty()))
                .isInstanceOf(EngineException.InvalidParameter.class)
                .hasMessage("no command specified");
    }

    @Test
    void variablesAndLabelsAreMergedByNameTheClientsFirst() {
        ContainerConfig asked = new ContainerConfig(
                "",
                "",
                List.of("MODE=mine", "GONE"),
                Optional.empty(),
                Optional.empty(),
                "",
                Map.of("a", "mine"),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(check(List.of(), Duration.ZERO, 5)),
                "x");
        ContainerConfig merged = ImageDefaults.merge(asked, Engine.host(), IMAGE);
        assertThat(merged.env()).containsExactly("MODE=mine", "PATH=/bin");
        assertThat(merged.labels()).containsOnly(Map.entry("a", "mine"), Map.entry("b", "image"));
        assertThat(merged.healthcheck()).contains(check(List.of("CMD", "true"), Duration.ofSeconds(9), 5));
    }

    private static ContainerConfig merge(Optional<List<String>> entrypoint, Optional<List<String>> cmd) {
        return ImageDefaults.merge(Engine.config(entrypoint, cmd), Engine.host(), IMAGE);
    }

    private static Healthcheck check(List<String> test, Duration interval, int retries) {
        return new Healthcheck(test, interval, Duration.ZERO, Duration.ZERO, Duration.ZERO, retries);
    }
}
