package dev.dormouse.daemon.registry;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;

/**
 * The HTTP client's connections, there as long as somebody uses them: its selector thread would else wake an engine that has nothing to
 * do. Thread-safe.
 */
final class Connections {
    private static final Duration CONNECT = Duration.ofSeconds(30);

    private Optional<HttpClient> client = Optional.empty();
    private int users;

    /** The client, for a user more. */
    synchronized HttpClient acquire() {
        HttpClient used = client.orElseGet(Connections::open);
        client = Optional.of(used);
        users++;
        return used;
    }

    /** A user less; the last one's connections are closed. */
    synchronized void release() {
        users--;
        if (users == 0) {
            client.ifPresent(HttpClient::shutdownNow);
            client = Optional.empty();
        }
    }

    private static HttpClient open() {
        HttpClient.Builder builder = HttpClient.newBuilder()
                // One transfer a connection: a layer that is stalled stalls no other.
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .executor(Executors.newVirtualThreadPerTaskExecutor());
        MachineTrust.context().ifPresent(builder::sslContext);
        return builder.build();
    }
}
