package dev.dormouse.daemon.api.create;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.network.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** A place on a network, {@code EndpointConfig} or one of {@code NetworkingConfig.EndpointsConfig}. */
public final class EndpointFields {
    /** A name that aardvark-dns can have in its file. */
    private static final Pattern ALIAS = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,252}");

    private EndpointFields() {}

    /**
     * Reads one.
     *
     * @param prefix of the names of its fields in errors, with the dot at the end
     */
    public static Endpoint of(String network, JsonNode endpoint, String prefix) {
        // What Compose says twice: the address as one that the container has, too.
        Unsupported.others(endpoint, prefix, Set.of("IPAMConfig", "Aliases", "NetworkID", "IPAddress", "IPv6Gateway"));
        JsonNode wanted = endpoint.path("IPAMConfig");
        Unsupported.others(wanted, prefix + "IPAMConfig.", Set.of("IPv4Address", "IPv6Address"));
        Optional<String> address = address(wanted, prefix + "IPAMConfig.", "IPv4Address");
        Optional<String> address6 = address(wanted, prefix + "IPAMConfig.", "IPv6Address");
        same(endpoint, prefix, "IPAddress", address);
        same(endpoint, prefix, "IPv6Gateway", address6);
        return new Endpoint(network, aliases(endpoint.path("Aliases"), prefix + "Aliases"), address, address6);
    }

    private static Optional<String> address(JsonNode node, String prefix, String field) {
        String text = node.path(field).asString("");
        return text.isEmpty() ? Optional.empty() : Optional.of(Addresses.literal(prefix + field, text));
    }

    private static void same(JsonNode endpoint, String prefix, String field, Optional<String> wanted) {
        String text = endpoint.path(field).asString("");
        if (!text.isEmpty() && !wanted.equals(Optional.of(Addresses.literal(prefix + field, text)))) {
            throw new EngineException.NotImplemented(
                    prefix + field + " is not supported by this engine: ask for an address with IPAMConfig");
        }
    }

    private static List<String> aliases(JsonNode node, String field) {
        List<String> aliases = new ArrayList<>();
        for (JsonNode alias : node) {
            String text = alias.asString("");
            if (!ALIAS.matcher(text).matches()) {
                throw CreateRequest.invalid(field, "names of letters, digits and _.-", text);
            }
            aliases.add(text);
        }
        return List.copyOf(aliases);
    }
}
