package dev.dormouse.integration;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A headless Chromium that runs no scripts, as a unit of its own, and the one page that it shows; driven by its DevTools protocol. */
final class Chromium implements AutoCloseable {
    private static final String UNIT = "dormouse-test-chromium.service";
    private static final String LISTENING = "DevTools listening on ";
    private static final long PATIENCE_SECONDS = 60;
    private static final JsonMapper MAPPER = new JsonMapper();

    private final WebSocket socket;
    private final BlockingQueue<JsonNode> messages;
    /** What came while an answer was waited for. */
    private final Queue<JsonNode> events = new ArrayDeque<>();

    private final Map<String, Object> session;
    private int calls;

    private Chromium(WebSocket socket, BlockingQueue<JsonNode> messages) {
        this.socket = socket;
        this.messages = messages;
        this.session = Map.of();
    }

    private Chromium(Chromium browser, String session) {
        this.socket = browser.socket;
        this.messages = browser.messages;
        this.calls = browser.calls;
        this.session = Map.of("sessionId", session);
    }

    /** Starts it, with the root file system that java-in-machine has made; its page is empty. */
    static Chromium start() throws IOException {
        Process process = new ProcessBuilder(List.of(
                        "systemd-run",
                        "--quiet",
                        "--pipe",
                        "--collect",
                        "--unit=" + UNIT,
                        "--property=RootDirectory=" + Shell.PROJECT.toRealPath().resolve("integration/target/chromium"),
                        "--property=MountAPIVFS=yes",
                        "--property=PrivateTmp=yes",
                        "--setenv=HOME=/tmp",
                        "/usr/lib/chromium/chromium-headless-shell",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--blink-settings=scriptEnabled=false",
                        "--remote-debugging-port=0",
                        "about:blank"))
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        Thread timer = Thread.ofVirtual().start(() -> stopAfterPatience(process));
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(LISTENING)) {
                timer.interrupt();
                Thread.ofVirtual().start(() -> output.lines().forEach(_ -> {}));
                return connected(URI.create(line.substring(LISTENING.length())));
            }
            said.append(line).append('\n');
        }
        throw new AssertionError("Chromium does not listen; it said:\n" + said);
    }

    private static void stopAfterPatience(Process process) {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                Shell.attempt("systemctl", "stop", UNIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Chromium connected(URI address) {
        BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
        HttpClient client = HttpClient.newHttpClient();
        WebSocket socket = client.newWebSocketBuilder()
                .buildAsync(address, new Messages(messages))
                .join();
        Chromium browser = new Chromium(socket, messages);
        String target = browser.call("Target.createTarget", Map.of("url", "about:blank"))
                .get("targetId")
                .asString();
        String session = browser.call("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .get("sessionId")
                .asString();
        Chromium page = new Chromium(browser, session);
        page.call("Page.enable", Map.of());
        return page;
    }

    /** Goes to an address, once, as by the address bar. */
    void open(String url) {
        call("Page.navigate", Map.of("url", url));
    }

    /** Waits until a page has been loaded, by whatever made it so, that has this text; returns all the text of its document. */
    String awaitLoaded(String text) {
        StringBuilder seen = new StringBuilder();
        while (true) {
            JsonNode event = events.isEmpty() ? next("a page with " + text + "; until now:\n" + seen) : events.remove();
            if (event.path("method").asString("").equals("Page.loadEventFired")) {
                StringBuilder document = new StringBuilder();
                append(document, call("DOM.getDocument", Map.of("depth", -1)).get("root"));
                if (document.indexOf(text) >= 0) {
                    return document.toString();
                }
                seen.append(document).append('\n');
            }
        }
    }

    private static void append(StringBuilder text, JsonNode node) {
        text.append(node.path("nodeValue").asString(""));
        node.path("children").forEach(child -> append(text, child));
    }

    private JsonNode call(String method, Map<String, ?> parameters) {
        int id = ++calls;
        Map<String, Object> message = new HashMap<>(session);
        message.put("id", id);
        message.put("method", method);
        message.put("params", parameters);
        socket.sendText(MAPPER.writeValueAsString(message), true).join();
        while (true) {
            JsonNode answer = next("an answer to " + method);
            if (answer.path("id").asInt(0) != id) {
                events.add(answer);
            } else if (answer.has("result")) {
                return answer.get("result");
            } else {
                throw new AssertionError("Chromium refuses " + method + ": " + answer);
            }
        }
    }

    private JsonNode next(String awaited) {
        try {
            JsonNode message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("Chromium said nothing for " + PATIENCE_SECONDS + " s; awaited: " + awaited
                        + "\n" + Shell.journal());
            }
            return message;
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while waiting for " + awaited, e);
        }
    }

    @Override
    public void close() {
        socket.abort();
        Shell.run("systemctl", "stop", UNIT);
    }

    /** Puts the parts of each message together. */
    private static final class Messages implements WebSocket.Listener {
        private final BlockingQueue<JsonNode> whole;
        private final StringBuilder parts = new StringBuilder();

        Messages(BlockingQueue<JsonNode> whole) {
            this.whole = whole;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            parts.append(part);
            if (last) {
                whole.add(MAPPER.readTree(parts.toString()));
                parts.setLength(0);
            }
            socket.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }
}
