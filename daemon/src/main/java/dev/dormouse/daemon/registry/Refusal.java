package dev.dormouse.daemon.registry;

import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a registry did not do what it was asked (OCI distribution specification, "Error Codes").
 *
 * @param code such as {@code MANIFEST_UNKNOWN}; made from the status where the registry gives none
 */
record Refusal(int status, String code, String message) {
    private static final int MOST_BYTES = 64 << 10;

    /** Reads an answer's body. */
    static Refusal of(Exchange.Response response) throws IOException, InterruptedException {
        return response.body()
                .all(MOST_BYTES)
                .flatMap(body -> told(response.status(), body))
                .orElseGet(() -> byStatus(response.status()));
    }

    /** As dockerd words a registry's errors (docker/distribution, errcode.Error). */
    String text() {
        return code.toLowerCase(Locale.ROOT).replace('_', ' ') + (message.isEmpty() ? "" : ": " + message);
    }

    private static Optional<Refusal> told(int status, byte[] body) {
        Body told;
        try {
            told = RegistryJson.read("error", body, Body.class);
        } catch (EngineException.InvalidParameter _) {
            // Any web page may answer for a registry: then the status says it.
            return Optional.empty();
        }
        if (told.errors() != null && !told.errors().isEmpty() && told.errors().getFirst() != null) {
            Body.Told first = told.errors().getFirst();
            return Optional.ofNullable(first.code())
                    .filter(code -> !code.isEmpty())
                    .map(code -> new Refusal(
                            status, Quoted.of(code), Quoted.of(first.message() == null ? "" : first.message())));
        }
        // Docker Hub's token service.
        return Optional.ofNullable(told.details())
                .map(details -> new Refusal(status, byStatus(status).code(), Quoted.of(details)));
    }

    private static Refusal byStatus(int status) {
        return switch (status) {
            case 401 -> new Refusal(status, "UNAUTHORIZED", "authentication required");
            case 403 -> new Refusal(status, "DENIED", "requested access to the resource is denied");
            case 404 -> new Refusal(status, "UNKNOWN", "not found");
            case 429 -> new Refusal(status, "TOOMANYREQUESTS", "too many requests to registry");
            default -> new Refusal(status, "UNEXPECTED_STATUS", "HTTP status " + status);
        };
    }

    /** A registry's, or Docker Hub's token service's, way to tell. */
    record Body(
            @Nullable List<@Nullable Told> errors, @Nullable String details) {
        record Told(@Nullable String code, @Nullable String message) {}
    }
}
