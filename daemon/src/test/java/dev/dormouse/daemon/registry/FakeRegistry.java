package dev.dormouse.daemon.registry;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;

/** A registry on 127.0.0.1 that follows the distribution specification as far as a pull goes, and goes wrong when it is told to. */
public final class FakeRegistry implements AutoCloseable {
    static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    static final String INDEX = "application/vnd.oci.image.index.v1+json";

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    /** Where blobs are redirected to: another origin. */
    private final HttpServer storage;

    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    private final Map<String, Stored> manifests = new ConcurrentHashMap<>();
    private final Map<String, Deque<Fault>> faults = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile Guard guard = Guard.OPEN;
    private volatile boolean redirecting;
    private volatile String tokenAnswer = "{\"token\":\"" + Guard.TOKEN + "\"}";

    /** Who is let in. */
    public enum Guard {
        OPEN,
        BASIC,
        TOKEN_SERVICE;

        public static final String USER = "mouse";
        public static final String PASSWORD = "zqx7hush-cheese";
        public static final String TOKEN = "zqx7hush-token";
    }

    /** A request. */
    public record Asked(String host, String path, Headers headers) {
        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.getFirst(name));
        }
    }

    private record Stored(String mediaType, String json) {}

    /** What is done instead of an answer, once. */
    @FunctionalInterface
    public interface Fault {
        void happen(HttpExchange exchange, byte[] content) throws IOException, InterruptedException;
    }

    private FakeRegistry() throws IOException {
        server = listen(this::handle);
        storage = listen(this::serveBlob);
    }

    public static FakeRegistry start() {
        try {
            return new FakeRegistry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpServer listen(Handler handler) throws IOException {
        HttpServer listening =
                HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        listening.setExecutor(threads);
        listening.createContext("/", exchange -> {
            note(exchange);
            try (exchange) {
                handler.handle(exchange);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        listening.start();
        return listening;
    }

    private void note(HttpExchange exchange) {
        synchronized (asked) {
            asked.add(new Asked(
                    exchange.getRequestHeaders().getFirst("Host"),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders()));
            asked.notifyAll();
        }
    }

    private interface Handler {
        void handle(HttpExchange exchange) throws IOException, InterruptedException;
    }

    /** As image names write it. */
    public String domain() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    public String storageHost() {
        return "127.0.0.1:" + storage.getAddress().getPort();
    }

    public Repository repository(String path) {
        return new Repository(domain(), path, domain() + "/" + path);
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** How often a path was asked for whose end this is. */
    public long asked(String end) {
        return asked.stream().filter(request -> request.path().endsWith(end)).count();
    }

    /** Waits until a path with this end was asked for so often. */
    public void awaitAsked(String end, int times) throws InterruptedException {
        synchronized (asked) {
            while (asked(end) < times) {
                asked.wait();
            }
        }
    }

    public void guard(Guard by) {
        guard = by;
    }

    public void redirectBlobs() {
        redirecting = true;
    }

    public void answerTokens(String json) {
        tokenAnswer = json;
    }

    /** The next requests for this content go wrong, one after the other. */
    public void fail(Digest content, Fault... next) {
        faults.computeIfAbsent(content.toString(), _ -> new ConcurrentLinkedDeque<>())
                .addAll(List.of(next));
    }

    /** Sends so many bytes and closes the connection. */
    public static Fault breakAfter(int bytes) {
        return (exchange, content) -> {
            int from = from(exchange);
            head(exchange, content, from);
            exchange.getResponseBody().write(content, from, Math.min(bytes, content.length - from));
            exchange.getResponseBody().flush();
        };
    }

    public static Fault answer(int status, String body) {
        return (exchange, _) -> reply(exchange, status, body);
    }

    /** Sends other bytes, as many. */
    public static Fault damage() {
        return (exchange, content) -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(new byte[content.length]);
        };
    }

    public Digest blob(byte[] content) {
        Digest digest = Digest.of(content);
        blobs.put(digest.toString(), content);
        return digest;
    }

    /** Under a tag, and under its digest. */
    public Digest manifest(String path, String tag, String mediaType, String json) {
        Stored stored = new Stored(mediaType, json);
        Digest digest = Digest.of(json.getBytes(StandardCharsets.UTF_8));
        manifests.put(path + "/manifests/" + tag, stored);
        manifests.put(path + "/manifests/" + digest, stored);
        return digest;
    }

    /** An image; its manifest's digest. */
    public Digest push(String path, String tag, byte[]... tars) {
        return manifest(path, tag, MANIFEST, image("amd64", tars));
    }

    /** Uploads an image's blobs; its manifest. */
    public String image(String architecture, byte[]... tars) {
        String diffIds = String.join(
                ",",
                Arrays.stream(tars).map(tar -> "\"" + Digest.of(tar) + "\"").toList());
        byte[] config = ("{\"architecture\":\"" + architecture + "\",\"os\":\"linux\",\"config\":{\"Cmd\":[\"run\"]},"
                        + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[" + diffIds + "]}}")
                .getBytes(StandardCharsets.UTF_8);
        String layers = String.join(
                ",",
                Arrays.stream(tars)
                        .map(tar -> descriptor("application/vnd.oci.image.layer.v1.tar+gzip", gzip(tar), ""))
                        .toList());
        return "{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST + "\",\"config\":"
                + descriptor("application/vnd.oci.image.config.v1+json", config, "") + ",\"layers\":[" + layers + "]}";
    }

    /** Uploads content; what points to it. */
    public String descriptor(String mediaType, byte[] content, String more) {
        return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + blob(content) + "\",\"size\":" + content.length
                + more + "}";
    }

    /** The same bytes for the same bytes. */
    public static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void handle(HttpExchange exchange) throws IOException, InterruptedException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/token")) {
            giveToken(exchange);
        } else if (!isLetIn(exchange)) {
            exchange.getResponseHeaders().add("WWW-Authenticate", challenge());
            reply(exchange, 401, error("UNAUTHORIZED", "authentication required"));
        } else if (path.equals("/v2/")) {
            reply(exchange, 200, "{}");
        } else if (path.contains("/manifests/")) {
            serveManifest(exchange, path.substring("/v2/".length()));
        } else if (redirecting) {
            exchange.getResponseHeaders().add("Location", "http://" + storageHost() + path + "?signature=x");
            exchange.sendResponseHeaders(307, -1);
        } else {
            serveBlob(exchange);
        }
    }

    private boolean isLetIn(HttpExchange exchange) {
        String shown = exchange.getRequestHeaders().getFirst("Authorization");
        return switch (guard) {
            case OPEN -> true;
            case BASIC -> basic().equals(shown);
            case TOKEN_SERVICE -> ("Bearer " + Guard.TOKEN).equals(shown);
        };
    }

    private String challenge() {
        return guard == Guard.BASIC
                ? "Basic realm=\"the registry\""
                : "Bearer realm=\"http://" + domain()
                        + "/token\",service=\"the, registry\",scope=\"repository:x:pull\"";
    }

    private static String basic() {
        String joined = Guard.USER + ":" + Guard.PASSWORD;
        return "Basic " + Base64.getEncoder().encodeToString(joined.getBytes(StandardCharsets.UTF_8));
    }

    private void giveToken(HttpExchange exchange) throws IOException {
        String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean known = basic().equals(exchange.getRequestHeaders().getFirst("Authorization"))
                || sent.contains("refresh_token=" + Guard.PASSWORD);
        if (known) {
            reply(exchange, 200, tokenAnswer);
        } else {
            reply(exchange, 401, "{\"details\":\"incorrect username or password\"}");
        }
    }

    private void serveManifest(HttpExchange exchange, String name) throws IOException {
        Stored stored = manifests.get(name);
        if (stored == null) {
            reply(exchange, 404, error("MANIFEST_UNKNOWN", "manifest unknown"));
            return;
        }
        exchange.getResponseHeaders().add("Content-Type", stored.mediaType());
        reply(exchange, 200, stored.json());
    }

    private void serveBlob(HttpExchange exchange) throws IOException, InterruptedException {
        String path = exchange.getRequestURI().getPath();
        String digest = path.substring(path.lastIndexOf('/') + 1);
        byte[] content = blobs.get(digest);
        if (content == null) {
            reply(exchange, 404, error("BLOB_UNKNOWN", "blob unknown to registry"));
            return;
        }
        Deque<Fault> next = faults.get(digest);
        Fault fault = next == null ? null : next.poll();
        if (fault != null) {
            fault.happen(exchange, content);
            return;
        }
        int from = from(exchange);
        head(exchange, content, from);
        exchange.getResponseBody().write(content, from, content.length - from);
    }

    private static int from(HttpExchange exchange) {
        String range = exchange.getRequestHeaders().getFirst("Range");
        return range == null ? 0 : Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
    }

    private static void head(HttpExchange exchange, byte[] content, int from) throws IOException {
        if (from > 0) {
            exchange.getResponseHeaders()
                    .add("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length == from ? -1 : content.length - from);
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static String error(String code, String message) {
        return "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}]}";
    }

    @Override
    public void close() {
        server.stop(0);
        storage.stop(0);
        threads.shutdownNow();
    }
}
