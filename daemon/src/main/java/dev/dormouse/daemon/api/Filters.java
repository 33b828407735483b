package dev.dormouse.daemon.api;

import dev.dormouse.daemon.error.EngineException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** {@code ?filters=}: values of one key are alternatives, different keys must all hold. */
record Filters(Map<String, List<String>> values) {
    /**
     * Reads {@code {"name":{"x":true}}} and the older {@code {"name":["x"]}}.
     *
     * @param allowed the keys that this call has
     */
    static Filters of(Call call, Set<String> allowed) {
        Optional<String> text = call.query().text("filters");
        if (text.isEmpty()) {
            return new Filters(Map.of());
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry :
                Json.object("query parameter filters", text.get()).properties()) {
            if (!allowed.contains(entry.getKey())) {
                throw new EngineException.InvalidParameter("invalid filter '" + entry.getKey() + "'; allowed are "
                        + String.join(", ", new java.util.TreeSet<>(allowed)));
            }
            values.put(entry.getKey(), values(entry.getKey(), entry.getValue()));
        }
        return new Filters(values);
    }

    private static List<String> values(String key, JsonNode node) {
        if (node.isObject()) {
            return node.properties().stream()
                    .filter(value -> value.getValue().booleanValue(true))
                    .map(Map.Entry::getKey)
                    .toList();
        }
        if (node.isArray() && node.valueStream().allMatch(JsonNode::isString)) {
            return node.valueStream().map(JsonNode::stringValue).toList();
        }
        throw new EngineException.InvalidParameter(
                "filter '" + key + "' must be a list of strings or an object of booleans");
    }

    List<String> all(String key) {
        return values.getOrDefault(key, List.of());
    }

    boolean has(String key) {
        return !all(key).isEmpty();
    }

    /** Whether one of the key's values is accepted, or the key is not filtered on. */
    boolean any(String key, Predicate<String> accepted) {
        return !has(key) || all(key).stream().anyMatch(accepted);
    }

    /** {@code label=name} or {@code label=name=value}; unlike other keys, all of them must hold. */
    boolean labels(Map<String, String> labels) {
        return all("label").stream().allMatch(wanted -> {
            int equals = wanted.indexOf('=');
            return equals < 0
                    ? labels.containsKey(wanted)
                    : wanted.substring(equals + 1).equals(labels.get(wanted.substring(0, equals)));
        });
    }

    /** A filter that is true or false, as {@code dangling}. */
    Optional<Boolean> flag(String key) {
        if (!has(key)) {
            return Optional.empty();
        }
        return switch (all(key).getFirst()) {
            case "1", "true" -> Optional.of(true);
            case "0", "false" -> Optional.of(false);
            default -> throw new EngineException.InvalidParameter("filter '" + key + "' must be true or false");
        };
    }
}
