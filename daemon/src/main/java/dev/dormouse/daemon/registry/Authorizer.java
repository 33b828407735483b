package dev.dormouse.daemon.registry;

import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** What is shown to one registry, found out by its challenges. Thread-safe: several downloads at once ask for one token. */
final class Authorizer {
    private final Credentials credentials;
    private final TokenService tokens;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Optional<String> header;

    /** @param scope {@code repository:PATH:pull}; empty: none */
    Authorizer(Exchange exchange, Credentials credentials, String scope) {
        this.credentials = credentials;
        this.tokens = new TokenService(exchange, credentials, scope);
        this.header = credentials.registryToken().map(token -> new BearerToken(token).header());
    }

    /** The Authorization to send; secret. */
    Optional<String> header() {
        return header;
    }

    /**
     * Finds what an answer 401 asks for.
     *
     * @param shown what it was an answer to
     * @return whether there is something else to show now
     * @throws EngineException.Unauthorized if there is nothing to show
     * @throws IOException if the token service does not answer
     */
    boolean answer(Exchange.Response refused, Optional<String> shown) throws IOException, InterruptedException {
        asking.lockInterruptibly();
        try {
            if (!header.equals(shown)) {
                // Another thread has asked meanwhile.
                return true;
            }
            Optional<String> found = find(refused);
            boolean other = found.isPresent() && !found.equals(shown);
            header = found.or(() -> shown);
            return other;
        } finally {
            asking.unlock();
        }
    }

    private Optional<String> find(Exchange.Response refused) throws IOException, InterruptedException {
        List<Challenge> challenges = refused.headers().allValues("WWW-Authenticate").stream()
                .flatMap(value -> Challenge.parse(value).stream())
                .toList();
        Optional<Challenge> bearer = scheme("bearer", challenges);
        if (bearer.isPresent()) {
            return Optional.of(tokens.ask(refused.uri(), bearer.get()).header());
        }
        return scheme("basic", challenges).isPresent() ? Optional.of(basic(refused.uri())) : Optional.empty();
    }

    private String basic(URI uri) {
        return credentials
                .user()
                .map(Credentials.User::basic)
                .orElseThrow(() -> new EngineException.Unauthorized(
                        "Get \"" + Exchange.shown(uri) + "\": no basic auth credentials"));
    }

    private static Optional<Challenge> scheme(String name, List<Challenge> challenges) {
        return challenges.stream()
                .filter(challenge -> challenge.scheme().equals(name))
                .findFirst();
    }
}
