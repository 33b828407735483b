package dev.dormouse.daemon.registry;

import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One repository, asked with what it wants to be shown. Thread-safe. */
final class Source implements AutoCloseable {
    private final Connections connections;
    private final Pace pace;
    private final Repository repository;
    private final Exchange exchange;
    private final Authorizer authorizer;

    private Source(
            Connections connections, Pace pace, Repository repository, Exchange exchange, Authorizer authorizer) {
        this.connections = connections;
        this.pace = pace;
        this.repository = repository;
        this.exchange = exchange;
        this.authorizer = authorizer;
    }

    /** @param scope of the token */
    static Source open(
            Connections connections, Pace pace, Repository repository, Credentials credentials, String scope) {
        Exchange exchange = new Exchange(connections.acquire(), pace);
        return new Source(connections, pace, repository, exchange, new Authorizer(exchange, credentials, scope));
    }

    /** The same, with what it was found to want; to be closed by itself, before or after this one, which is open. */
    Source share() {
        var _ = connections.acquire();
        return new Source(connections, pace, repository, exchange, authorizer);
    }

    Repository repository() {
        return repository;
    }

    Pace pace() {
        return pace;
    }

    /** An answer, whatever its status, after at most one that asked for authorization. */
    Exchange.Response get(URI uri, Map<String, String> headers) throws IOException, InterruptedException {
        Optional<String> shown = authorizer.header();
        Exchange.Response response = exchange.get(uri, with(shown, headers));
        if (response.status() != 401 || response.elsewhere()) {
            return response;
        }
        boolean other;
        try {
            other = authorizer.answer(response, shown);
        } catch (IOException | InterruptedException | RuntimeException e) {
            response.close();
            throw e;
        }
        if (!other) {
            return response;
        }
        response.close();
        return exchange.get(uri, with(authorizer.header(), headers));
    }

    /** Whether the registry takes what it is shown. */
    void login() throws InterruptedException {
        URI uri = URI.create(repository.endpoint() + "/v2/");
        try (Exchange.Response response = get(uri, Map.of())) {
            if (response.status() == 401) {
                throw new EngineException.Unauthorized(
                        "Get \"" + uri + "\": " + Refusal.of(response).text());
            }
            if (response.status() != 200) {
                throw new EngineException.Failed(
                        "login attempt to " + uri + " failed with status: " + response.status());
            }
        } catch (IOException e) {
            throw unreachable(uri, e);
        }
    }

    static EngineException unreachable(URI uri, IOException cause) {
        return new EngineException.Failed("Get \"" + Exchange.shown(uri) + "\": " + Reasons.of(cause), cause);
    }

    private static Map<String, String> with(Optional<String> authorization, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        authorization.ifPresent(value -> all.put(Exchange.AUTHORIZATION, value));
        return all;
    }

    @Override
    public void close() {
        connections.release();
    }
}
