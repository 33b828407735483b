package dev.dormouse.daemon.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.spec.Healthcheck;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigChangesTest {
    @Test
    void commandsAreJsonOrShell() {
        assertThat(config("CMD [\"nginx\", \"-g\", \"daemon off;\"]").cmd())
                .contains(List.of("nginx", "-g", "daemon off;"));
        assertThat(config("CMD nginx -g 'daemon off;'").cmd())
                .contains(List.of("/bin/sh", "-c", "nginx -g 'daemon off;'"));
        assertThat(config("ENTRYPOINT [ -f /x ] && run").entrypoint())
                .contains(List.of("/bin/sh", "-c", "[ -f /x ] && run"));
        assertThat(config("ENTRYPOINT [\"a\"]", "ENTRYPOINT []").entrypoint()).isEmpty();
    }

    @Test
    void environmentTakesBothFormsQuotesAndVariables() {
        assertThat(config(
                                "ENV A=1 B=\"two words\" C='$A' D=a\\ b",
                                "ENV E the rest $A",
                                "ENV F=${A}x${NONE:-y}${A:+z}$")
                        .env())
                .containsExactly("A=1", "B=two words", "C=$A", "D=a b", "E=the rest 1", "F=1xyz$");
    }

    @Test
    void valuesOfOneLineSeeTheVariablesBeforeIt() {
        assertThat(config("ENV A=old", "ENV A=new B=$A").env()).containsExactly("A=new", "B=old");
    }

    @Test
    void labelsPortsVolumesAndTheRestAreKept() {
        ImageConfig config = config(
                "LABEL a=b \"c d\"=\"e f\"",
                "EXPOSE 80 443/tcp 53/udp 8000-8002",
                "VOLUME /data /more",
                "VOLUME [\"/with blank\"]",
                "USER www-data:www-data",
                "WORKDIR /srv",
                "WORKDIR a/../b",
                "STOPSIGNAL SIGQUIT");

        assertThat(config.labels()).isEqualTo(Map.of("a", "b", "c d", "e f"));
        assertThat(config.exposedPorts())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder("80/tcp", "443/tcp", "53/udp", "8000/tcp", "8001/tcp", "8002/tcp");
        assertThat(config.volumes()).containsExactlyInAnyOrder("/data", "/more", "/with blank");
        assertThat(config.user()).isEqualTo("www-data:www-data");
        assertThat(config.workingDir()).isEqualTo("/srv/b");
        assertThat(config.stopSignal()).contains("SIGQUIT");
    }

    @Test
    void aHealthcheckHasOptionsAndAForm() {
        assertThat(config("HEALTHCHECK --interval=1m30s --timeout=500ms --start-period=1.5s --retries=3 CMD curl -f /")
                        .healthcheck())
                .contains(new Healthcheck(
                        List.of("CMD-SHELL", "curl -f /"),
                        Duration.ofSeconds(90),
                        Duration.ofMillis(500),
                        Duration.ofMillis(1500),
                        Duration.ZERO,
                        3));
        assertThat(config("HEALTHCHECK CMD [\"true\"]").healthcheck().map(Healthcheck::test))
                .contains(List.of("CMD", "true"));
        assertThat(config("HEALTHCHECK NONE").healthcheck().map(Healthcheck::test))
                .contains(List.of("NONE"));
    }

    @Test
    void linesContinueAndCommentsAreLeftOut() {
        assertThat(config("# a comment\nENV A=1 \\\n  B=2\n\nuser www").env()).containsExactly("A=1", "B=2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RUN make|RUN is not a valid change command; allowed are",
                "ONBUILD RUN make|ONBUILD is not a valid change command here",
                "ENV|ENV requires at least one argument",
                "ENV A|ENV must have two arguments",
                "ENV A=1 secret|ENV: an argument has no '='",
                "ENV =1|ENV names can not be blank",
                "ENV A=\"secret|a double quote is not closed",
                "ENV A=${secret!}|a variable has an unknown form",
                "EXPOSE|EXPOSE requires at least one argument",
                "EXPOSE 0|EXPOSE: '0' is not PORT",
                "EXPOSE 70000|EXPOSE: '70000' is not PORT",
                "EXPOSE 90-80|EXPOSE: '90-80' is not PORT",
                "EXPOSE 80/icmp|EXPOSE: '80/icmp' is not PORT",
                "VOLUME|VOLUME requires at least one argument",
                "VOLUME [\"\"]|VOLUME specified can not be an empty string",
                "VOLUME data|config.Volumes: 'data' is not an absolute path",
                "VOLUME /a/../../b|config.Volumes: '/a/../../b' is not an absolute path",
                "USER a b|USER requires exactly one argument",
                "STOPSIGNAL 65|STOPSIGNAL: invalid signal: 65",
                "STOPSIGNAL quit now|STOPSIGNAL requires exactly one argument",
                "HEALTHCHECK|HEALTHCHECK: needs NONE or CMD",
                "HEALTHCHECK CMD|HEALTHCHECK: CMD needs a command",
                "HEALTHCHECK NONE x|HEALTHCHECK: NONE takes no arguments",
                "HEALTHCHECK curl|HEALTHCHECK: unknown type 'curl'",
                "HEALTHCHECK --every=1s CMD x|HEALTHCHECK: unknown option --every",
                "HEALTHCHECK --interval=1 CMD x|HEALTHCHECK: --interval '1' is not a duration",
                "HEALTHCHECK --interval=1us CMD x|HEALTHCHECK: --interval '1us' is less than 1ms",
                "HEALTHCHECK --retries=-1 CMD x|HEALTHCHECK: --retries '-1' is not a whole number"
            })
    void whatIsWrongIsNamedWithoutItsValue(String change, String message) {
        assertThatExceptionOfType(EngineException.InvalidParameter.class)
                .isThrownBy(() -> config(change))
                .withMessageContaining(message)
                .satisfies(error -> assertThat(error.getMessage()).doesNotContain("secret"));
    }

    /** Through the JSON, as it is kept. */
    private static ImageConfig config(String... changes) {
        OciConfig.Container container = ConfigChanges.parse(Stream.of(changes).toList());
        OciConfig whole = new OciConfig(
                null,
                null,
                "amd64",
                "linux",
                null,
                container,
                new OciConfig.RootFs("layers", List.of("sha256:" + "0".repeat(64))),
                null);
        return ImageDescription.parse(ImageJson.MAPPER.writeValueAsString(whole))
                .config();
    }
}
