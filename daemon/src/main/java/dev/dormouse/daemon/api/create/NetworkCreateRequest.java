package dev.dormouse.daemon.api.create;

import dev.dormouse.daemon.api.wire.NetworkBody;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.network.NetworkRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Body of {@code POST /networks/create}. */
public final class NetworkCreateRequest {
    private static final String BRIDGE_NAME = "com.docker.network.bridge.name";
    private static final Set<String> KNOWN = Set.of(
            "Name",
            "Driver",
            "Scope",
            "EnableIPv4",
            "EnableIPv6",
            "IPAM",
            "Internal",
            "Options",
            "Labels",
            // Two networks of one name there never are.
            "CheckDuplicate");

    private NetworkCreateRequest() {}

    /**
     * Checks a body.
     *
     * @param bind makes a tree a record, with errors that name the field
     * @throws EngineException.InvalidParameter if a field is wrong
     * @throws EngineException.NotImplemented if a field asks for what this engine has not
     */
    public static NetworkRequest of(JsonNode tree, BiFunction<JsonNode, Class<NetworkBody>, NetworkBody> bind) {
        Unsupported.others(tree, "", KNOWN);
        refuseUnknown(tree.path("IPAM"));
        NetworkBody body = bind.apply(tree, NetworkBody.class);
        requireOnly("Driver", body.driver(), "bridge");
        requireOnly("Scope", body.scope(), "local");
        if (Boolean.FALSE.equals(body.enableIpv4())) {
            throw new EngineException.NotImplemented("EnableIPv4=false is not supported by this engine: leave it out");
        }
        Map<String, String> options = texts("Options", body.options());
        for (String option : options.keySet()) {
            if (!option.equals(BRIDGE_NAME)) {
                throw new EngineException.NotImplemented(
                        "Options." + option + " is not supported by this engine: the only one is " + BRIDGE_NAME);
            }
        }
        return new NetworkRequest(
                CreateRequest.text(body.name()),
                Boolean.TRUE.equals(body.enableIpv6()),
                Boolean.TRUE.equals(body.internal()),
                body.ipam() == null ? List.of() : ranges(body.ipam()),
                Optional.ofNullable(options.get(BRIDGE_NAME)),
                texts("Labels", body.labels()),
                options);
    }

    private static void refuseUnknown(JsonNode ipam) {
        Unsupported.others(ipam, "IPAM.", Set.of("Driver", "Config"));
        for (JsonNode config : ipam.path("Config")) {
            Unsupported.others(config, "IPAM.Config.", Set.of("Subnet", "Gateway", "IPRange"));
        }
    }

    private static void requireOnly(String field, @Nullable String asked, String only) {
        String value = CreateRequest.text(asked);
        if (!value.isEmpty() && !value.equals(only)) {
            throw new EngineException.NotImplemented(
                    field + " " + value + " is not supported by this engine: the only one is " + only);
        }
    }

    private static List<NetworkRequest.Range> ranges(NetworkBody.Ipam ipam) {
        requireOnly("IPAM.Driver", ipam.driver(), "default");
        List<NetworkRequest.Range> ranges = new ArrayList<>();
        for (NetworkBody.Range asked : CreateRequest.list(ipam.config())) {
            if (asked == null) {
                continue; // as Go has it: one without anything in it
            }
            Optional<String> subnet = present(asked.subnet());
            Optional<String> gateway = present(asked.gateway());
            Optional<String> pool = present(asked.ipRange());
            if (subnet.isPresent()) {
                ranges.add(new NetworkRequest.Range(subnet.get(), gateway, pool));
            } else if (gateway.isPresent() || pool.isPresent()) {
                throw new EngineException.InvalidParameter(
                        "IPAM.Config: a Gateway or an IPRange needs the Subnet that it is in");
            }
        }
        return List.copyOf(ranges);
    }

    private static Optional<String> present(@Nullable String text) {
        return Optional.of(CreateRequest.text(text)).filter(given -> !given.isEmpty());
    }

    private static Map<String, String> texts(String field, @Nullable Map<String, JsonNode> values) {
        Map<String, String> texts = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : CreateRequest.map(values).entrySet()) {
            if (!entry.getValue().isString()) {
                throw new EngineException.InvalidParameter(field + "." + entry.getKey() + " must be a string");
            }
            texts.put(entry.getKey(), entry.getValue().stringValue());
        }
        return texts;
    }
}
