package dev.dormouse.integration;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A registry on 127.0.0.1 that asks for something to be shown and then has nothing. */
final class RefusingRegistry implements AutoCloseable {
    private final HttpServer server;
    private final String token;
    private volatile Way way = Way.NOTHING_THERE;

    /** How it refuses. */
    enum Way {
        /** A token is given, and the image is not there. */
        NOTHING_THERE,
        /** A token is given that cannot be sent. */
        BAD_TOKEN,
        /** What the token service says is no JSON. */
        NO_TOKEN,
        TOKEN_REFUSED,
        PASSWORD_REFUSED
    }

    /** @param token secret */
    RefusingRegistry(String token) throws IOException {
        this.token = token;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String domain() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    void refuse(Way other) {
        way = other;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String shown = exchange.getRequestHeaders().getFirst("Authorization");
            if (exchange.getRequestURI().getPath().equals("/token")) {
                giveToken(exchange);
            } else if (("Bearer " + token).equals(shown)) {
                reply(exchange, 404, "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\",\"message\":\"manifest unknown\"}]}");
            } else {
                exchange.getResponseHeaders()
                        .add(
                                "WWW-Authenticate",
                                way == Way.PASSWORD_REFUSED
                                        ? "Basic realm=\"mice\""
                                        : "Bearer realm=\"http://" + domain() + "/token\",service=\"mice\"");
                reply(exchange, 401, "{}");
            }
        }
    }

    private void giveToken(HttpExchange exchange) throws IOException {
        switch (way) {
            case NOTHING_THERE, PASSWORD_REFUSED -> reply(exchange, 200, "{\"token\":\"" + token + "\"}");
            case BAD_TOKEN -> reply(exchange, 200, "{\"token\":\"" + token + "\\n\"}");
            case NO_TOKEN -> reply(exchange, 200, "{\"token\":" + token);
            case TOKEN_REFUSED -> reply(exchange, 401, "{\"details\":\"incorrect username or password\"}");
        }
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
