package dev.dormouse.daemon.registry;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gets tokens (CNCF distribution, "Token Authentication Specification" and "Oauth2 Token Authentication"). Thread-safe. */
final class TokenService {
    private static final String CLIENT = "dormouse";
    private static final int MOST_BYTES = 1 << 20;

    private final Exchange exchange;
    private final Credentials credentials;
    private final String scope;

    TokenService(Exchange exchange, Credentials credentials, String scope) {
        this.exchange = exchange;
        this.credentials = credentials;
        this.scope = scope;
    }

    /**
     * A token for what a challenge names.
     *
     * @param asked who challenges
     * @throws EngineException if the service gives none
     * @throws IOException if it does not answer
     */
    BearerToken ask(URI asked, Challenge challenge) throws IOException, InterruptedException {
        URI realm = realm(asked, challenge);
        Map<String, String> parameters = new LinkedHashMap<>();
        challenge.parameter("service").ifPresent(service -> parameters.put("service", service));
        String wanted = scope.isEmpty() ? challenge.parameter("scope").orElse("") : scope;
        if (!wanted.isEmpty()) {
            parameters.put("scope", wanted);
        }
        try (Exchange.Response response = credentials.identityToken().isPresent()
                ? refresh(realm, parameters, credentials.identityToken().get())
                : get(realm, parameters)) {
            if (response.status() != 200) {
                Refusal refusal = Refusal.of(response);
                String why = "Get \"" + Exchange.shown(realm) + "\": " + refusal.text();
                throw refusal.status() == 401 || refusal.status() == 403
                        ? new EngineException.Unauthorized(why)
                        : new EngineException.Failed(why);
            }
            return token(realm, response);
        }
    }

    private Exchange.Response get(URI realm, Map<String, String> parameters) throws IOException, InterruptedException {
        Optional<Credentials.User> user = credentials.user();
        user.ifPresent(known -> parameters.put("account", known.name()));
        String query = form(parameters);
        String separator = realm.getRawQuery() == null ? "?" : "&";
        URI uri = query.isEmpty() ? realm : URI.create(realm + separator + query);
        return exchange.get(
                uri,
                user.map(known -> Map.of(Exchange.AUTHORIZATION, known.basic())).orElse(Map.of()));
    }

    private Exchange.Response refresh(URI realm, Map<String, String> parameters, String identityToken)
            throws IOException, InterruptedException {
        parameters.put("grant_type", "refresh_token");
        parameters.put("client_id", CLIENT);
        parameters.put("refresh_token", identityToken);
        return exchange.post(realm, form(parameters));
    }

    private static BearerToken token(URI realm, Exchange.Response response) throws IOException, InterruptedException {
        String what = "Get \"" + Exchange.shown(realm) + "\": the token service's answer";
        byte[] body = response.body()
                .all(MOST_BYTES)
                .orElseThrow(() -> new EngineException.Failed(what + " is larger than " + MOST_BYTES + " bytes"));
        Answer answer;
        try {
            answer = RegistryJson.read(what, body, Answer.class);
        } catch (EngineException.InvalidParameter e) {
            throw new EngineException.Failed(String.valueOf(e.getMessage()), e);
        }
        return Optional.ofNullable(answer.token())
                .or(() -> Optional.ofNullable(answer.accessToken()))
                .filter(BearerToken::isSendable)
                .map(BearerToken::new)
                .orElseThrow(() -> new EngineException.Failed(what + " has no token in it"));
    }

    /** Passwords go there: never unencrypted, unless registry and service are this machine's. */
    private static URI realm(URI asked, Challenge challenge) {
        String realm = challenge.parameter("realm").orElse("");
        try {
            URI uri = new URI(realm);
            boolean http = "http".equals(uri.getScheme())
                    && "http".equals(asked.getScheme())
                    && Repository.isLoopback(String.valueOf(uri.getAuthority()));
            if ((http || "https".equals(uri.getScheme())) && uri.getHost() != null && uri.getRawFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException _) {
            // Told below, in the same words as any other that cannot be used.
        }
        throw new EngineException.Failed("Get \"" + Exchange.shown(asked) + "\": the registry names the token service '"
                + Quoted.of(realm) + "'; allowed is an https URL");
    }

    private static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** What it answers; {@code token} and {@code access_token} mean the same. */
    record Answer(
            @Nullable String token,
            @JsonProperty("access_token") @Nullable String accessToken) {}
}
