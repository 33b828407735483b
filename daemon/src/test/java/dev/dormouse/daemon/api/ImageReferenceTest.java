package dev.dormouse.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.daemon.error.EngineException;
import org.junit.jupiter.api.Test;

class ImageReferenceTest {
    @Test
    void theTagComesInEitherParameterOrIsLatest() {
        assertThat(ImageReference.of("nginx", "")).hasToString("nginx:latest");
        assertThat(ImageReference.of("nginx:1.27", "")).hasToString("nginx:1.27");
        assertThat(ImageReference.of("nginx", "1.27")).hasToString("nginx:1.27");
        assertThat(ImageReference.of("localhost:5000/a/b", "")).hasToString("localhost:5000/a/b:latest");
    }

    @Test
    void whatIsNoNameIsRefused() {
        for (String repository : new String[] {"", "Nginx", "a//b/", "-a", "a:b:c", "a b", "../a", "a".repeat(256)}) {
            assertThatThrownBy(() -> ImageReference.of(repository, ""))
                    .as(repository)
                    .isInstanceOf(EngineException.InvalidParameter.class);
        }
        assertThatThrownBy(() -> ImageReference.of("nginx:1", "2")).hasMessageContaining("two tags");
        assertThatThrownBy(() -> ImageReference.of("nginx", "-x")).hasMessageContaining("invalid tag format");
    }
}
