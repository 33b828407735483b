package dev.dormouse.daemon.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dormouse.daemon.error.EngineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {
    private static final String DIGEST = "sha256:" + "a".repeat(64);

    @ParameterizedTest
    @CsvSource({
        "nginx, docker.io/library/nginx:latest, nginx:latest",
        "nginx:1.27, docker.io/library/nginx:1.27, nginx:1.27",
        "docker.io/nginx, docker.io/library/nginx:latest, nginx:latest",
        "docker.io/library/nginx, docker.io/library/nginx:latest, nginx:latest",
        "index.docker.io/nginx, docker.io/library/nginx:latest, nginx:latest",
        "grafana/grafana, docker.io/grafana/grafana:latest, grafana/grafana:latest",
        "library/a/b, docker.io/library/a/b:latest, library/a/b:latest",
        "localhost/web, localhost/web:latest, localhost/web:latest",
        "localhost:5000/web:v1, localhost:5000/web:v1, localhost:5000/web:v1",
        "registry.example.com/a/b/c, registry.example.com/a/b/c:latest, registry.example.com/a/b/c:latest",
        "Registry/web, Registry/web:latest, Registry/web:latest",
        "[::1]:5000/web, [::1]:5000/web:latest, [::1]:5000/web:latest",
        "x/a__b.c--d:T_.-, docker.io/x/a__b.c--d:T_.-, x/a__b.c--d:T_.-"
    })
    void aNameIsNormalisedAsDockerDoes(String text, String canonical, String familiar) {
        ImageReference reference = ImageReference.parse(text);

        assertThat(reference.canonical()).isEqualTo(canonical);
        assertThat(reference.familiar()).isEqualTo(familiar);
        assertThat(ImageReference.parse(canonical)).isEqualTo(reference);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "nginx:",
                ":latest",
                "nginx@",
                "/nginx",
                "nginx/",
                "a//b",
                "-nginx",
                "nginx-",
                "a___b",
                "a..b",
                "nginx:-x",
                "nginx latest",
                "nginx:tag with blank",
                "nginx@sha256:abc",
                "ng\u0131nx",
                "../etc/passwd",
                "host:port/x",
                "a.b:/x",
                "nginx\n"
            })
    void whatIsNoNameIsRefusedInDockersWords(String text) {
        assertThatExceptionOfType(EngineException.InvalidParameter.class)
                .isThrownBy(() -> ImageReference.parse(text))
                .withMessage("invalid reference format");
    }

    @Test
    void aNameMustBeLowerCase() {
        assertThatExceptionOfType(EngineException.InvalidParameter.class)
                .isThrownBy(() -> ImageReference.parse("Nginx"))
                .withMessage("invalid reference format: repository name (library/Nginx) must be lowercase");
    }

    @Test
    void anIdIsNoName() {
        assertThatExceptionOfType(EngineException.InvalidParameter.class)
                .isThrownBy(() -> ImageReference.parse("a".repeat(64)))
                .withMessageEndingWith("cannot specify 64-byte hexadecimal strings");
    }

    @Test
    void lengthsAreBounded() {
        assertThat(ImageReference.parse("x:" + "t".repeat(128)).tag()).contains("t".repeat(128));
        for (String text : new String[] {"x:" + "t".repeat(129), "a".repeat(100_000)}) {
            assertThatExceptionOfType(EngineException.InvalidParameter.class)
                    .isThrownBy(() -> ImageReference.parse(text))
                    .withMessage("invalid reference format");
        }
        assertThatExceptionOfType(EngineException.InvalidParameter.class)
                .isThrownBy(() -> ImageReference.parse("a".repeat(240)))
                .withMessage("repository name must not be more than 255 characters");
    }

    @Test
    void aDigestIsReadButNotGiven() {
        assertThat(ImageReference.parse("nginx@" + DIGEST).familiar()).isEqualTo("nginx@" + DIGEST);
        assertThat(ImageReference.parse("nginx:1@" + DIGEST).tag()).contains("1");
        assertThatExceptionOfType(EngineException.InvalidParameter.class)
                .isThrownBy(() -> ImageReference.toGive("nginx@" + DIGEST, ""))
                .withMessage("refusing to create a tag with a digest reference");
    }

    @Test
    void aGivenTagReplacesTheRepositorysOwn() {
        assertThat(ImageReference.toGive("web", "v2").familiar()).isEqualTo("web:v2");
        assertThat(ImageReference.toGive("web:v1", "").familiar()).isEqualTo("web:v1");
        assertThatExceptionOfType(EngineException.InvalidParameter.class)
                .isThrownBy(() -> ImageReference.toGive("web", ".v2"))
                .withMessage("invalid tag format");
    }
}
