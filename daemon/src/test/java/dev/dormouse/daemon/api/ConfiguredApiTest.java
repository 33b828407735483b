package dev.dormouse.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.daemon.config.ConfigKeys;
import dev.dormouse.daemon.config.ConfigSettings;
import dev.dormouse.daemon.config.DaemonConfig;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What of the engine's configuration clients see, and its reload. */
@Timeout(30)
class ConfiguredApiTest {
    private ApiFixture api;

    @BeforeEach
    void start() throws Exception {
        api = ApiFixture.start();
    }

    @AfterEach
    void stop() throws Exception {
        api.close();
    }

    private String get(String path) throws IOException {
        return ask("GET " + path + " HTTP/1.1\r\nHost: d\r\nConnection: close\r\n\r\n");
    }

    private String post(String path, String body) throws IOException {
        return ask("POST " + path + " HTTP/1.1\r\nHost: d\r\nConnection: close\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body);
    }

    private String ask(String request) throws IOException {
        try (RawClient client = RawClient.connect(api.socket)) {
            return client.send(request).readAll();
        }
    }

    @Test
    void aReloadSaysWhatChangedOrWhyNothingDid() throws Exception {
        assertThat(post("/dormouse/reload", ""))
                .startsWith("HTTP/1.1 200")
                .endsWith("{\"changed\":[\"debug\"],\"needRestart\":[\"hosts\"]}\n");
        api.config.problems = List.of("daemon.json: line 1: debug: wrong", "daemon.json: line 2: x: wrong");
        assertThat(post("/v1.47/dormouse/reload", ""))
                .startsWith("HTTP/1.1 400")
                .endsWith("{\"message\":\"daemon.json: line 1: debug: wrong; daemon.json: line 2: x: wrong\"}\n");
        assertThat(get("/dormouse/reload")).startsWith("HTTP/1.1 404");
    }

    @Test
    void infoShowsTheEnginesLabels() throws Exception {
        api.config.current = new DaemonConfig(ConfigSettings.NONE
                .with(ConfigKeys.LABELS, List.of("zone=attic"))
                .with(ConfigKeys.DEBUG, true));
        assertThat(get("/info")).contains("\"Labels\":[\"zone=attic\"]").contains("\"Debug\":true");
    }

    @Test
    void whatAContainerIsNotGivenComesFromTheConfiguration() throws Exception {
        api.config.current = new DaemonConfig(
                ConfigSettings.NONE.with(ConfigKeys.DEFAULT_STOP_TIMEOUT, 77).with(ConfigKeys.DEFAULT_SHM_SIZE, 4096L));
        assertThat(post("/containers/create?name=web", "{\"Image\":\"nginx\"}")).startsWith("HTTP/1.1 201");
        assertThat(get("/containers/web/json")).contains("\"StopTimeout\":77").contains("\"ShmSize\":4096");
        String own = "{\"Image\":\"nginx\",\"StopTimeout\":5,\"HostConfig\":{\"ShmSize\":8192,"
                + "\"SecurityOpt\":[\"no-new-privileges\",\"seccomp=unconfined\"]}}";
        assertThat(post("/containers/create?name=own", own)).startsWith("HTTP/1.1 201");
        assertThat(get("/containers/own/json"))
                .contains("\"StopTimeout\":5")
                .contains("\"ShmSize\":8192")
                .contains("\"SecurityOpt\":[\"no-new-privileges\"]");
    }

    @Test
    void aSecurityOptionOfAnotherKindIsRefusedAndNotRepeated() throws Exception {
        String asked = "{\"Image\":\"nginx\",\"HostConfig\":{\"SecurityOpt\":[\"seccomp={\\\"x\\\":1}\"]}}";
        assertThat(post("/containers/create", asked))
                .startsWith("HTTP/1.1 501")
                .contains("HostConfig.SecurityOpt: seccomp with this value is not supported by this engine")
                .doesNotContain("{\\\"x");
    }
}
