package dev.dormouse.integration;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;

/**
 * Debian's docker-registry on 127.0.0.1, which asks for {@link #USER} and {@link #PASSWORD}, behind a front that can hold layers back as a
 * slow line does.
 */
final class LocalRegistry implements AutoCloseable {
    static final String USER = "mouse";
    static final String PASSWORD = "zqx7hush-cheese";
    /** As {@code htpasswd -B} writes it. */
    private static final String PASSWORD_HASH = "$2y$05$abcdefghijklmnopqrstuuHO7ur4wXIZosRW71WCrnOLHak7LDLE2";

    private static final Path PROGRAM = Shell.PROJECT.resolve("integration/target/docker-registry");
    private static final int HELD_AFTER = 1000;

    private final Path folder;
    private final Process process;
    private final URI behind;
    private final HttpServer front;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newBuilder().executor(threads).build();
    private volatile CountDownLatch held = new CountDownLatch(0);
    private volatile CountDownLatch holding = new CountDownLatch(1);

    LocalRegistry() throws IOException {
        folder = Files.createTempDirectory("registry");
        int port = freePort();
        behind = URI.create("http://127.0.0.1:" + port);
        Files.writeString(folder.resolve("users"), USER + ":" + PASSWORD_HASH + "\n");
        Files.writeString(folder.resolve("config.yml"), """
                version: 0.1
                log: {level: error, accesslog: {disabled: true}}
                storage: {filesystem: {rootdirectory: %s/data}}
                http: {addr: 127.0.0.1:%d}
                auth: {htpasswd: {realm: mice, path: %s/users}}
                """.formatted(folder, port, folder));
        process = new ProcessBuilder(
                        PROGRAM.toString(),
                        "serve",
                        folder.resolve("config.yml").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        front = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        front.setExecutor(threads);
        front.createContext("/", this::forward);
        front.start();
        Await.until("the registry answers", this::answers);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private boolean answers() {
        try {
            return send(request(behind.resolve("/v2/")).GET()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    /** As image names write it. */
    String domain() {
        return "127.0.0.1:" + front.getAddress().getPort();
    }

    /** From now on no layer comes but for its first bytes. */
    void hold() {
        holding = new CountDownLatch(1);
        held = new CountDownLatch(1);
    }

    /** Until a layer is held back. */
    void awaitHolding() throws InterruptedException {
        holding.await();
    }

    void release() {
        held.countDown();
    }

    /**
     * Uploads an image of one layer by the distribution API.
     *
     * @param tar of its file system
     */
    void push(String path, String tag, Path tar) throws IOException {
        byte[] plain = Files.readAllBytes(tar);
        Path zipped = folder.resolve("layer.gz");
        try (GZIPOutputStream gzip = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            gzip.write(plain);
        }
        String config =
                "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{\"Env\":[\"PATH=/bin\"],\"Cmd\":[\"sh\"]},"
                        + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"" + digest(plain) + "\"]}}";
        String manifest =
                "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.docker.distribution.manifest.v2+json\",\"config\":"
                        + upload(
                                path,
                                "application/vnd.docker.container.image.v1+json",
                                config.getBytes(StandardCharsets.UTF_8))
                        + ",\"layers\":["
                        + upload(path, "application/vnd.docker.image.rootfs.diff.tar.gzip", Files.readAllBytes(zipped))
                        + "]}";
        require(
                201,
                send(request(behind.resolve("/v2/" + path + "/manifests/" + tag))
                        .header("Content-Type", "application/vnd.docker.distribution.manifest.v2+json")
                        .PUT(HttpRequest.BodyPublishers.ofString(manifest))));
    }

    private String upload(String path, String mediaType, byte[] content) throws IOException {
        HttpResponse<byte[]> begun = require(
                202,
                send(request(behind.resolve("/v2/" + path + "/blobs/uploads/"))
                        .POST(HttpRequest.BodyPublishers.noBody())));
        String location = begun.headers().firstValue("Location").orElseThrow();
        String separator = location.contains("?") ? "&" : "?";
        require(
                201,
                send(request(behind.resolve(location + separator + "digest=" + digest(content)))
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(content))));
        return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + digest(content) + "\",\"size\":" + content.length
                + "}";
    }

    private static HttpResponse<byte[]> require(int status, HttpResponse<byte[]> response) {
        if (response.statusCode() != status) {
            throw new AssertionError(response.request().uri() + " answered " + response.statusCode() + ": "
                    + new String(response.body(), StandardCharsets.UTF_8));
        }
        return response;
    }

    private static HttpRequest.Builder request(URI uri) {
        String user = USER + ":" + PASSWORD;
        return HttpRequest.newBuilder(uri)
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while asking the registry", e);
        }
    }

    private void forward(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpRequest.Builder request = HttpRequest.newBuilder(behind.resolve(exchange.getRequestURI()));
            for (String name : new String[] {"Authorization", "Accept", "Range"}) {
                String value = exchange.getRequestHeaders().getFirst(name);
                if (value != null) {
                    request.header(name, value);
                }
            }
            HttpResponse<byte[]> response = send(request.GET());
            for (String name : new String[] {"Content-Type", "Content-Range", "WWW-Authenticate"}) {
                response.headers()
                        .firstValue(name)
                        .ifPresent(value -> exchange.getResponseHeaders().add(name, value));
            }
            byte[] body = response.body();
            exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
            int at = 0;
            if (held.getCount() > 0 && body.length > 10 * HELD_AFTER) {
                exchange.getResponseBody().write(body, 0, HELD_AFTER);
                exchange.getResponseBody().flush();
                at = HELD_AFTER;
                holding.countDown();
                held.await();
            }
            exchange.getResponseBody().write(body, at, body.length - at);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static String digest(byte[] content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public void close() throws IOException {
        release();
        front.stop(0);
        client.shutdownNow();
        threads.shutdownNow();
        process.destroyForcibly();
        process.onExit().join();
        Shell.run("rm", "-r", folder.toString());
    }
}
