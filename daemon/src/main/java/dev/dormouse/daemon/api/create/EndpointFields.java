package dev.dormouse.daemon.api.create;

import dev.dormouse.daemon.api.wire.EndpointBody;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.network.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A place on a network, {@code EndpointConfig} or one of {@code NetworkingConfig.EndpointsConfig}. */
final class EndpointFields {
    /** A name that aardvark-dns can have in its file. */
    private static final Pattern ALIAS = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,252}");

    private static final EndpointBody NONE = new EndpointBody(null, null, null, null, null);
    private static final EndpointBody.Ipam ANY = new EndpointBody.Ipam(null, null);

    private EndpointFields() {}

    /**
     * Reads one.
     *
     * @param tree as it was sent
     * @param body what this engine acts on of it
     * @param prefix of the names of its fields in errors, with the dot at the end
     */
    static Endpoint of(String network, JsonNode tree, @Nullable EndpointBody body, String prefix) {
        EndpointBody endpoint = body == null ? NONE : body;
        // What Compose says twice: the address as one that the container has, too.
        Unsupported.others(tree, prefix, Set.of("IPAMConfig", "Aliases", "NetworkID", "IPAddress", "IPv6Gateway"));
        Unsupported.others(tree.path("IPAMConfig"), prefix + "IPAMConfig.", Set.of("IPv4Address", "IPv6Address"));
        EndpointBody.Ipam wanted = endpoint.ipamConfig() == null ? ANY : endpoint.ipamConfig();
        Optional<String> address = address(prefix + "IPAMConfig.IPv4Address", wanted.ipv4Address());
        Optional<String> address6 = address(prefix + "IPAMConfig.IPv6Address", wanted.ipv6Address());
        same(prefix + "IPAddress", endpoint.ipAddress(), address);
        same(prefix + "IPv6Gateway", endpoint.ipv6Gateway(), address6);
        return new Endpoint(network, aliases(prefix + "Aliases", endpoint.aliases()), address, address6);
    }

    private static Optional<String> address(String field, @Nullable String text) {
        return Optional.of(Addresses.literal(field, CreateRequest.text(text))).filter(address -> !address.isEmpty());
    }

    private static void same(String field, @Nullable String text, Optional<String> wanted) {
        Optional<String> said = address(field, text);
        if (said.isPresent() && !said.equals(wanted)) {
            throw new EngineException.NotImplemented(
                    field + " is not supported by this engine: ask for an address with IPAMConfig");
        }
    }

    private static List<String> aliases(String field, @Nullable List<@Nullable String> names) {
        List<String> aliases = new ArrayList<>();
        for (String alias : CreateRequest.list(names)) {
            String text = CreateRequest.text(alias);
            if (!ALIAS.matcher(text).matches()) {
                throw CreateRequest.invalid(field, "names of letters, digits and _.-", text);
            }
            aliases.add(text);
        }
        return List.copyOf(aliases);
    }
}
