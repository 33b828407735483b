package dev.dormouse.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.daemon.log.LogEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** HTTP as bytes: what no well-behaved client does, and what every client relies on. */
@Timeout(30)
class HttpProtocolTest {
    private static final String HOST = "Host: d\r\n";
    private static final String END = "0" + "\r\n".repeat(2);
    private static final String CREATE = "{\"Image\":\"nginx\"}";

    private ApiFixture api;

    @BeforeEach
    void start() throws Exception {
        api = ApiFixture.start();
    }

    @AfterEach
    void stop() throws Exception {
        api.close();
    }

    private String ask(String request) throws IOException {
        try (RawClient client = RawClient.connect(api.socket)) {
            return client.send(request).readAll();
        }
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n";
    }

    private static String post(String path, String body, String... headers) {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return "POST " + path + " HTTP/1.1\r\n" + HOST + more + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private void running(String name) throws IOException {
        assertThat(ask(post("/containers/create?name=" + name, CREATE, "Connection: close")))
                .startsWith("HTTP/1.1 201");
        api.containers.start(name);
    }

    @Test
    void everyAnswerTellsTheVersion() throws Exception {
        for (String path : new String[] {"/_ping", "/v1.44/_ping", "/nowhere", "/v1.47/containers/none/json"}) {
            assertThat(ask(get(path)))
                    .contains("Api-Version: 1.47\r\n")
                    .contains("Docker-Experimental: false\r\n")
                    .contains("Ostype: linux\r\n")
                    .contains("Server: Dormouse/");
        }
        assertThat(ask(get("/nowhere"))).startsWith("HTTP/1.1 404").endsWith("{\"message\":\"page not found\"}\n");
        assertThat(ask("HEAD /_ping HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n"))
                .contains("Content-Length: 2\r\n".toLowerCase(java.util.Locale.ROOT))
                .endsWith("\r\n\r\n");
    }

    @Test
    void versionsOutOfRangeAreRefusedInDockersWords() throws Exception {
        assertThat(ask(get("/v1.30/_ping")))
                .startsWith("HTTP/1.1 400")
                .contains("client version 1.30 is too old. Minimum supported API version is 1.44,"
                        + " please upgrade your client to a newer version");
        assertThat(ask(get("/v1.60/_ping")))
                .startsWith("HTTP/1.1 400")
                .contains("client version 1.60 is too new. Maximum supported API version is 1.47");
        assertThat(ask(get("/v1.x/_ping"))).startsWith("HTTP/1.1 400");
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        String two = post("/containers/create?name=one", CREATE) + post("/containers/create?name=one", CREATE)
                + "GET /containers/one/json HTTP/1.1\r\n" + HOST + "\r\n" + get("/_ping");
        String answers = ask(two);

        assertThat(answers.split("HTTP/1.1 ")).hasSize(5);
        assertThat(answers.indexOf("201 Created")).isLessThan(answers.indexOf("409 Conflict"));
        assertThat(answers.indexOf("409 Conflict")).isLessThan(answers.indexOf("\"Name\":\"/one\""));
        assertThat(answers).endsWith("OK");
    }

    @Test
    void aBodyMayComeInChunks() throws Exception {
        String head = "POST /containers/create?name=c HTTP/1.1\r\n" + HOST
                + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
        assertThat(ask(head + "9\r\n{\"Image\":\r\n8\r\n\"nginx\"}\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 201");
    }

    @Test
    void aClientThatExpectsContinueGetsIt() throws Exception {
        try (RawClient client = RawClient.connect(api.socket)) {
            client.send("POST /containers/create?name=e HTTP/1.1\r\n" + HOST
                    + "Expect: 100-continue\r\nContent-Length: " + CREATE.length() + "\r\n\r\n");
            assertThat(client.read("\r\n\r\n")).startsWith("HTTP/1.1 100 Continue");
            assertThat(client.send(CREATE).read("\r\n\r\n")).startsWith("HTTP/1.1 201");
        }
    }

    @Test
    void aRefusedUploadIsNotInvited() throws Exception {
        assertThat(ask("POST /images/create?fromSrc=http://x/ HTTP/1.1\r\n" + HOST
                        + "Expect: 100-continue\r\nContent-Length: 1000000000\r\n\r\n"))
                .startsWith("HTTP/1.1 501")
                .doesNotContain("100 Continue");
    }

    @Test
    void headsHaveALimit() throws Exception {
        assertThat(ask("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\n" + HOST + "\r\n"))
                .startsWith("HTTP/1.1 414");
        assertThat(ask("GET /_ping HTTP/1.1\r\n" + HOST + "X: " + "x".repeat(40_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431");
        assertThat(ask("nonsense\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(ask("PATCH /_ping HTTP/1.1\r\n" + HOST + "\r\n")).startsWith("HTTP/1.1 405");
    }

    @Test
    void jsonBodiesHaveALimit() throws Exception {
        String body = "{\"Image\":\"" + "x".repeat(5_000_000) + "\"}";
        assertThat(ask(post("/containers/create", body, "Connection: close")))
                .startsWith("HTTP/1.1 400")
                .contains("longer than 4 MiB");
    }

    @Test
    void wrongJsonIsNamed() throws Exception {
        assertThat(ask(post("/containers/create", "{\"Env\": [\n s3cret]}", "Connection: close")))
                .contains("is no JSON: line 2, column 2")
                .doesNotContain("s3cret");
        assertThat(ask(post("/containers/create", "[]", "Connection: close"))).contains("must be a JSON object");
        assertThat(ask(post("/containers/create", "{\"Image\":\"nginx\",\"Env\":7}", "Connection: close")))
                .startsWith("HTTP/1.1 400")
                .contains("Env has the wrong type");
        assertThat(ask(post(
                        "/containers/create",
                        "{\"Image\":\"nginx\",\"HostConfig\":{\"Memory\":\"much\"}}",
                        "Connection: close")))
                .startsWith("HTTP/1.1 400")
                .contains("HostConfig.Memory has the wrong type");
    }

    @Test
    void anUpdateChangesTheRestartPolicyAndNothingElse() throws Exception {
        running("web");
        String asked = "{\"Memory\":0,\"RestartPolicy\":{\"Name\":\"on-failure\",\"MaximumRetryCount\":4}}";
        assertThat(ask(post("/containers/web/update", asked, "Connection: close")))
                .startsWith("HTTP/1.1 200")
                .endsWith("{\"Warnings\":[]}\n");
        assertThat(ask(get("/containers/web/json")))
                .contains("\"RestartPolicy\":{\"Name\":\"on-failure\",\"MaximumRetryCount\":4}");
        String nothing = "{\"RestartPolicy\":{\"Name\":\"\",\"MaximumRetryCount\":0}}";
        assertThat(ask(post("/containers/web/update", nothing, "Connection: close")))
                .startsWith("HTTP/1.1 200");
        assertThat(ask(get("/containers/web/json"))).contains("\"Name\":\"on-failure\"");
        assertThat(ask(post("/containers/web/update", "{\"Memory\":1}", "Connection: close")))
                .startsWith("HTTP/1.1 501")
                .contains("Memory=1 is not supported");
        assertThat(ask(post("/containers/none/update", nothing, "Connection: close")))
                .startsWith("HTTP/1.1 404");
    }

    @Test
    void aSlowClientHoldsUpNobody() throws Exception {
        try (RawClient slow = RawClient.connect(api.socket)) {
            slow.send("GET /_ping HT");
            assertThat(ask(get("/_ping"))).endsWith("OK");
            assertThat(slow.send("TP/1.1\r\n" + HOST + "Connection: close\r\n\r\n")
                            .readAll())
                    .endsWith("OK");
        }
    }

    @Test
    void aStreamToAClientThatDoesNotReadIsHeldBack() throws Exception {
        running("web");
        byte[] piece = new byte[1 << 20];
        for (int i = 0; i < 64; i++) {
            api.containers.write("web", LogEntry.Stream.STDOUT, piece);
        }
        try (RawClient client = RawClient.connect(api.socket)) {
            client.send(get("/containers/web/logs?stdout=1"));
            api.containers.awaitFollowers(1);
            // Nobody reads: the delivery stands still while others are served.
            for (int i = 0; i < 100; i++) {
                assertThat(ask(get("/_ping"))).endsWith("OK");
            }
            assertThat(api.containers.delivered()).isLessThan(8);
            assertThat(client.readAll()).hasSizeGreaterThan(64 << 20);
        }
        api.containers.awaitFollowers(0);
    }

    @Test
    void anUploadComesNoFasterThanItIsTaken() throws Exception {
        byte[] piece = new byte[1 << 20];
        try (RawClient client = RawClient.connect(api.socket)) {
            client.send("POST /images/load HTTP/1.1\r\n" + HOST
                    + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 64; i++) {
                client.send(Integer.toHexString(piece.length) + "\r\n")
                        .send(piece)
                        .send("\r\n");
            }
            assertThat(client.send(END).readAll()).contains("Loaded image: team/app:1.0");
        }
        assertThat(api.images.get("team/app:1.0").size()).isEqualTo(64L << 20);
    }

    @Test
    void attachUpgradesAndKeepsHalfClose() throws Exception {
        running("web");
        try (RawClient client = RawClient.connect(api.socket)) {
            client.send("POST /containers/web/attach?stream=1&stdout=1&stderr=1 HTTP/1.1\r\n" + HOST
                    + "Connection: Upgrade\r\nUpgrade: tcp\r\nContent-Length: 0\r\n\r\n");
            assertThat(client.read("\r\n\r\n"))
                    .isEqualTo(String.join(
                            "\r\n",
                            "HTTP/1.1 101 UPGRADED",
                            "Content-Type: application/vnd.docker.multiplexed-stream",
                            "Connection: Upgrade",
                            "Upgrade: tcp",
                            "",
                            ""));
            api.containers.awaitFollowers(1);
            client.endOutput();
            api.containers.write("web", LogEntry.Stream.STDERR, "late".getBytes(StandardCharsets.UTF_8));
            assertThat(client.read(12)).isEqualTo(new byte[] {2, 0, 0, 0, 0, 0, 0, 4, 'l', 'a', 't', 'e'});
            byte[] much = new byte[10_000_000];
            Arrays.fill(much, (byte) 'x');
            api.containers.write("web", LogEntry.Stream.STDOUT, much);
            api.containers.exit("web", 0);
            assertThat(client.readAll()).hasSize(8 + much.length);
        }
    }

    @Test
    void attachWithoutUpgradeIsARawStream() throws Exception {
        running("web");
        try (RawClient client = RawClient.connect(api.socket)) {
            client.send(post("/containers/web/attach?stream=1&stdout=1", ""));
            assertThat(client.read("\r\n\r\n"))
                    .isEqualTo("HTTP/1.1 200 OK\r\nContent-Type: application/vnd.docker.raw-stream\r\n\r\n");
            api.containers.exit("web", 0);
            assertThat(client.readAll()).isEmpty();
        }
    }

    @Test
    void aClientThatHalfClosedAndThenDiesIsLetGo() throws Exception {
        running("web");
        try (RawClient client = RawClient.connect(api.socket)) {
            client.send(post("/containers/web/attach?stream=1&stdout=1", "", "Connection: Upgrade", "Upgrade: tcp"));
            client.read("\r\n\r\n");
            client.endOutput();
            api.containers.awaitFollowers(1);
        }
        api.containers.awaitFollowers(0);
    }

    @Test
    void aWaitShowsItsHeadBeforeItEnds() throws Exception {
        running("web");
        try (RawClient client = RawClient.connect(api.socket)) {
            client.send(post("/containers/web/wait?condition=next-exit", "", "Connection: close"));
            assertThat(client.read("\r\n\r\n")).startsWith("HTTP/1.1 200 OK");
            api.containers.exit("web", 9);
            assertThat(client.readAll()).contains("{\"StatusCode\":9}");
        }
    }

    @Test
    void anHttp10ClientGetsNoChunks() throws Exception {
        running("web");
        api.containers.write("web", LogEntry.Stream.STDOUT, "hello".getBytes(StandardCharsets.UTF_8));
        assertThat(ask("GET /containers/web/logs?stdout=1 HTTP/1.0\r\n\r\n"))
                .doesNotContain("chunked")
                .endsWith("\r\n\r\n\1\0\0\0\0\0\0\5hello");
    }

    @Test
    void requestsWaitForTheEngineAndSayWhatItDoes() throws Exception {
        try (ApiFixture starting = ApiFixture.starting(Duration.ofMillis(50))) {
            try (RawClient client = RawClient.connect(starting.socket)) {
                assertThat(client.send(get("/containers/json")).readAll())
                        .startsWith("HTTP/1.1 503")
                        .containsIgnoringCase("retry-after: 5\r\n")
                        .contains("still running; try again later");
            }
            try (RawClient client = RawClient.connect(starting.socket)) {
                assertThat(client.send(get("/info")).readAll())
                        .startsWith("HTTP/1.1 200")
                        .contains("Phase");
            }
        }
        try (ApiFixture starting = ApiFixture.starting(Duration.ofSeconds(20));
                RawClient client = RawClient.connect(starting.socket)) {
            client.send(get("/containers/json"));
            starting.ready();
            assertThat(client.readAll()).startsWith("HTTP/1.1 200").endsWith("[]\n");
        }
    }

    @Test
    void aRequestAboutOneContainerWaitsForThatOneAlone() throws Exception {
        try (ApiFixture restoring = ApiFixture.starting(Duration.ofMillis(50))) {
            restoring.restoring(Set.of("web"));
            assertThat(answer(restoring, "/containers/web/json"))
                    .startsWith("HTTP/1.1 404")
                    .contains("No such container: web");
            assertThat(answer(restoring, "/containers/other/json"))
                    .startsWith("HTTP/1.1 503")
                    .contains("still running");
            assertThat(answer(restoring, "/containers/json")).startsWith("HTTP/1.1 503");
            assertThat(answer(restoring, "/info")).startsWith("HTTP/1.1 200");
            assertThat(answer(restoring, "/version")).startsWith("HTTP/1.1 200");
            assertThat(answer(restoring, "/_ping")).startsWith("HTTP/1.1 200");
            assertThat(answer(restoring, "/events?until=1")).startsWith("HTTP/1.1 503");
            assertThat(firstLine(restoring, "/events")).startsWith("HTTP/1.1 200");
        }
    }

    private static String firstLine(ApiFixture of, String path) throws IOException {
        try (RawClient client = RawClient.connect(of.socket)) {
            return client.send(get(path)).read("\r\n");
        }
    }

    private static String answer(ApiFixture of, String path) throws IOException {
        try (RawClient client = RawClient.connect(of.socket)) {
            return client.send(get(path)).readAll();
        }
    }

    @Test
    void whatIsUnderWayEndsBeforeStreamsDo() throws Exception {
        running("web");
        try (RawClient idle = RawClient.connect(api.socket);
                RawClient follower = RawClient.connect(api.socket)) {
            idle.send("GET /_ping HTTP/1.1\r\n" + HOST + "\r\n").read("\r\nOK");
            follower.send(get("/containers/web/logs?stdout=1&follow=1")).read("\r\n\r\n");
            api.containers.awaitFollowers(1);
            assertThat(api.server.quiet()).isEmpty();
            assertThat(api.server.pauseIfQuiet()).isFalse();
            api.server.stopListening();
            assertThatThrownBy(() -> RawClient.connect(api.socket)).isInstanceOf(IOException.class);
            assertThat(api.server.awaitAnswers(Duration.ofSeconds(10), false))
                    .as("neither a stream nor a silent client is waited for")
                    .isTrue();
            api.gate.stop();
            idle.send("POST /v1.44/containers/web/stop HTTP/1.1\r\n" + HOST + "Content-Length: 0\r\n\r\n");
            assertThat(idle.readAll())
                    .startsWith("HTTP/1.1 503")
                    .containsIgnoringCase("connection: close")
                    .contains("the engine is stopping");
            assertThat(api.server.endConnections(Duration.ofSeconds(10))).isTrue();
            assertThat(follower.readAll()).isEqualTo(END);
        }
        assertThat(api.server.pauseIfQuiet()).as("nobody is connected any more").isTrue();
    }

    @Test
    void whoConnectsToAPausedServerIsNotRefusedButWaits() throws Exception {
        assertThat(api.server.pauseIfQuiet()).isTrue();
        try (RawClient waiting = RawClient.connect(api.socket)) {
            waiting.send(get("/_ping"));
            assertThat(api.server.quiet()).isPresent();
        }
    }
}
