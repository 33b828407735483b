package dev.dormouse.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ExecApiTest {
    private ApiFixture api;

    @BeforeEach
    void start() throws Exception {
        api = ApiFixture.start();
    }

    @AfterEach
    void stop() throws Exception {
        api.close();
    }

    @Test
    void isCreatedAndInspected() throws Exception {
        assertThat(post("/containers/web/exec", "{\"Cmd\":[\"sh\",\"-c\",\"x\"],\"AttachStdout\":true}"))
                .startsWith("HTTP/1.1 201")
                .contains("{\"Id\":\"" + FakeExecs.ID + "\"}");
        assertThat(post("/containers/nosuch/exec", "{\"Cmd\":[\"ls\"]}")).startsWith("HTTP/1.1 404");
        assertThat(post("/containers/web/exec", "{\"Cmd\":\"ls\"}")).startsWith("HTTP/1.1 400");
        try (RawClient client = RawClient.connect(api.socket)) {
            client.send("GET /exec/" + FakeExecs.ID + "/json HTTP/1.1\r\nHost: d\r\nConnection: close\r\n\r\n");
            assertThat(client.readAll())
                    .contains("\"Running\":false", "\"ExitCode\":7", "\"OpenStdout\":true", "\"Pid\":42")
                    .contains("\"entrypoint\":\"sh\",\"arguments\":[\"-c\",\"x\"]");
        }
    }

    @Test
    void withoutATerminalTheStreamIsInFramesAndTheClientsHalfCloseIsTheEndOfTheInput() throws Exception {
        try (RawClient client = RawClient.connect(api.socket)) {
            start(client, "{}");
            assertThat(client.read("\r\n\r\n"))
                    .startsWith("HTTP/1.1 101 UPGRADED\r\n")
                    .contains("application/vnd.docker.multiplexed-stream");
            client.send("typed");
            client.endOutput();
            assertThat(client.readAll()).isEqualTo("\1\0\0\0\0\0\0\5begun" + "\2\0\0\0\0\0\0\5typed");
        }
        assertThat(post("/exec/" + FakeExecs.ID + "/start", "{}")).startsWith("HTTP/1.1 409");
    }

    @Test
    void withATerminalTheStreamIsAsItIs() throws Exception {
        try (RawClient client = RawClient.connect(api.socket)) {
            start(client, "{\"Tty\":true,\"ConsoleSize\":[24,80]}");
            assertThat(client.read("\r\n\r\n")).contains("application/vnd.docker.raw-stream");
            client.endOutput();
            assertThat(client.readAll()).isEqualTo("begun");
        }
        assertThat(api.execs.size.orElseThrow().columns()).isEqualTo(80);
    }

    @Test
    void whoGoesAwayInterruptsIt() throws Exception {
        try (RawClient client = RawClient.connect(api.socket)) {
            start(client, "{}");
            client.read("begun");
            client.send("wait");
            client.endOutput();
        }
        assertThat(api.execs.interrupted.await(15, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void isDetachedAndResized() throws Exception {
        assertThat(post("/exec/" + FakeExecs.ID + "/start", "{\"Detach\":true}"))
                .startsWith("HTTP/1.1 200");
        assertThat(api.execs.detached).isTrue();
        assertThat(post("/exec/" + FakeExecs.ID + "/resize?h=3&w=4", "")).startsWith("HTTP/1.1 200");
        assertThat(api.execs.size.orElseThrow().rows()).isEqualTo(3);
        assertThat(post("/exec/" + FakeExecs.ID + "/resize?h=3&w=-4", "")).startsWith("HTTP/1.1 400");
        assertThat(post("/exec/nosuch/start", "{}"))
                .startsWith("HTTP/1.1 404")
                .contains("No such exec instance: nosuch");
    }

    private void start(RawClient client, String body) throws Exception {
        client.send("POST /exec/" + FakeExecs.ID
                + "/start HTTP/1.1\r\nHost: d\r\nConnection: Upgrade\r\nUpgrade: tcp\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body);
    }

    private String post(String path, String body) throws Exception {
        try (RawClient client = RawClient.connect(api.socket)) {
            client.send("POST " + path + " HTTP/1.1\r\nHost: d\r\nConnection: close\r\nContent-Length: " + body.length()
                    + "\r\n\r\n" + body);
            return client.readAll();
        }
    }
}
