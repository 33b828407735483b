package dev.dormouse.daemon.registry;

import dev.dormouse.daemon.error.EngineException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a client has to show to a registry. Nothing of it is ever in a message, a log or a file.
 *
 * @param user with the password, for Basic and for asking for a token
 * @param identityToken asks for a token instead of them (OAuth 2's refresh token)
 * @param registryToken is the token itself
 */
public record Credentials(Optional<User> user, Optional<String> identityToken, Optional<String> registryToken) {
    /** Nothing to show. */
    public static final Credentials NONE = new Credentials(Optional.empty(), Optional.empty(), Optional.empty());

    private static final String HEADER = "header X-Registry-Auth";

    /** A name, without a colon (RFC 7617, 2), and a password. */
    public record User(String name, String password) {
        String basic() {
            return "Basic "
                    + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return "User[secret]";
        }
    }

    /**
     * Reads X-Registry-Auth: base64, of either alphabet, of a JSON object.
     *
     * @throws EngineException.InvalidParameter if it is of another form; without quoting it
     */
    public static Credentials fromHeader(String header) {
        byte[] json;
        try {
            json = Base64.getUrlDecoder()
                    .decode(header.strip().replace('+', '-').replace('/', '_'));
        } catch (IllegalArgumentException _) {
            // Its own message would quote a part.
            throw new EngineException.InvalidParameter(HEADER + " must be base64 of a JSON object");
        }
        return json.length == 0 ? NONE : of(HEADER, RegistryJson.tree(HEADER, json));
    }

    /**
     * Reads the members {@code username}, {@code password}, {@code auth}, {@code identitytoken} and {@code registrytoken}.
     *
     * @param where for errors, which never quote a value
     * @throws EngineException.InvalidParameter if a member is no string or cannot be sent
     */
    public static Credentials of(String where, JsonNode object) {
        Optional<String> name = text(where, object, "username");
        Optional<User> user = name.isPresent()
                ? Optional.of(
                        user(where, name.get(), text(where, object, "password").orElse("")))
                : text(where, object, "auth").map(joined -> joined(where, joined));
        return new Credentials(user, token(where, object, "identitytoken"), token(where, object, "registrytoken"));
    }

    private static User user(String where, String name, String password) {
        if (name.contains(":")) {
            throw new EngineException.InvalidParameter(where + ": username must not have a colon in it");
        }
        return new User(name, password);
    }

    private static User joined(String where, String base64) {
        try {
            String joined = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            int colon = joined.indexOf(':');
            if (colon >= 0) {
                return new User(joined.substring(0, colon), joined.substring(colon + 1));
            }
        } catch (IllegalArgumentException _) {
            // Told below, without what the exception would quote.
        }
        throw new EngineException.InvalidParameter(where + ": auth must be base64 of username:password");
    }

    private static Optional<String> token(String where, JsonNode object, String field) {
        Optional<String> token = text(where, object, field);
        if (token.isPresent() && !BearerToken.isSendable(token.get())) {
            throw new EngineException.InvalidParameter(where + ": " + field + " has characters that no token has");
        }
        return token;
    }

    private static Optional<String> text(String where, JsonNode object, String field) {
        JsonNode value = object.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isString()) {
            throw new EngineException.InvalidParameter(where + ": " + field + " must be a string");
        }
        return Optional.of(value.stringValue()).filter(text -> !text.isEmpty());
    }

    @Override
    public String toString() {
        return "Credentials[secret]";
    }
}
