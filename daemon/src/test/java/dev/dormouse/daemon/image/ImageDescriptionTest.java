package dev.dormouse.daemon.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dormouse.daemon.error.EngineException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageDescriptionTest {
    private static final String DIFF_ID = "sha256:" + "0".repeat(64);

    @Test
    void whatOtherBuildersWriteIsRead() {
        ImageDescription description = ImageDescription.parse("""
                {"architecture":"arm64","os":"linux","author":"someone","created":"2026-02-03T04:05:06.789+02:00","variant":"v8",
                 "config":{"User":"nginx","Env":["PATH=/bin"],"Cmd":["nginx"],"ExposedPorts":{"80/tcp":{},"81":{}},
                           "Volumes":null,"Labels":null,"OnBuild":null,"ArgsEscaped":true,"StopSignal":"SIGQUIT"},
                 "rootfs":{"type":"layers","diff_ids":["%s"]},
                 "history":[{"created_by":"a","empty_layer":true},{"created_by":"b","comment":"the last step"}]}
                """.formatted(DIFF_ID));

        assertThat(description.created()).isEqualTo(Instant.parse("2026-02-03T02:05:06.789Z"));
        assertThat(description.architecture()).isEqualTo("arm64");
        assertThat(description.author()).isEqualTo("someone");
        assertThat(description.comment()).isEqualTo("the last step");
        assertThat(description.diffIds()).containsExactly(DIFF_ID);
        assertThat(description.config().exposedPorts())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder("80/tcp", "81/tcp");
        assertThat(description.config().stopSignal()).contains("SIGQUIT");
        assertThat(description.config().entrypoint()).isEmpty();
    }

    @Test
    void anImageWithoutConfigurationHasNone() {
        ImageDescription description = ImageDescription.parse("{\"os\":\"linux\",\"rootfs\":{\"diff_ids\":[]}}");

        assertThat(description.config().env()).isEmpty();
        assertThat(description.config().cmd()).isEmpty();
        assertThat(description.created()).isEqualTo(Instant.EPOCH);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{|Unexpected end-of-input",
                "[]|Cannot deserialize",
                "null|it is null",
                "{\"os\":\"windows\"}|os: cannot run an image for 'windows' on linux",
                "{}|os: cannot run an image for '' on linux",
                "{\"os\":\"linux\"}|rootfs: is missing",
                "{\"os\":\"linux\",\"rootfs\":{\"diff_ids\":[\"../x\"]}}|rootfs.diff_ids: '../x' is not sha256:",
                "{\"os\":\"linux\",\"rootfs\":{\"diff_ids\":[null]}}|rootfs.diff_ids: has a null element",
                "{\"os\":\"linux\",\"created\":\"today\"}|created: 'today' is not a time",
                "{\"os\":\"linux\",\"config\":{\"Env\":\"A=1\"}}|[\"Env\"]",
                "{\"os\":\"linux\",\"config\":{\"Env\":[null]}}|config.Env: has a null element",
                "{\"os\":\"linux\",\"config\":{\"ExposedPorts\":{\"http\":{}}}}|config.ExposedPorts: 'http' is not PORT",
                "{\"os\":\"linux\",\"config\":{\"Volumes\":{\"../etc\":{}}}}|config.Volumes: '../etc' is not an absolute path",
                "{\"os\":\"linux\",\"config\":{\"Healthcheck\":{\"Test\":[\"RUN\"]}}}|config.Healthcheck.Test: starts with 'RUN'",
                "{\"os\":\"linux\",\"config\":{\"Healthcheck\":{\"Test\":[\"CMD\"],\"Timeout\":-1}}}|config.Healthcheck.Timeout:"
            })
    void theFieldThatIsWrongIsNamed(String json, String message) {
        assertThatExceptionOfType(EngineException.InvalidParameter.class)
                .isThrownBy(() -> ImageDescription.parse(json))
                .withMessageStartingWith("the image's configuration is not valid: ")
                .withMessageContaining(message);
    }

    @Test
    void thereAreAtMostAsManyLayersAsDockerAllows() {
        String many = ("\"" + DIFF_ID + "\",").repeat(128);

        assertThatExceptionOfType(EngineException.InvalidParameter.class)
                .isThrownBy(() -> ImageDescription.parse(
                        "{\"os\":\"linux\",\"rootfs\":{\"diff_ids\":[" + many.substring(0, many.length() - 1) + "]}}"))
                .withMessageContaining("128 layers; at most 127 are allowed");
    }
}
