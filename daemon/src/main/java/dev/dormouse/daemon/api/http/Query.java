package dev.dormouse.daemon.api.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Parameters of a request's query, decoded. Empty values count as absent, as they do for dockerd. */
public record Query(Map<String, List<String>> parameters) {
    /** The first non-empty value. */
    public Optional<String> text(String name) {
        return all(name).stream().findFirst();
    }

    /** Every non-empty value, in order. */
    public List<String> all(String name) {
        return parameters.getOrDefault(name, List.of()).stream()
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** dockerd's reading of a flag: false for none, {@code 0}, {@code no}, {@code false} and {@code none}; true for anything else. */
    public boolean flag(String name) {
        return text(name)
                .map(value -> switch (value.strip().toLowerCase(java.util.Locale.ROOT)) {
                    case "", "0", "no", "false", "none" -> false;
                    default -> true;
                })
                .orElse(false);
    }
}
