package dev.dormouse.daemon.api.create;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.network.NetworkRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
     * @throws EngineException.InvalidParameter if a field is wrong
     * @throws EngineException.NotImplemented if a field asks for what this engine has not
     */
    public static NetworkRequest of(JsonNode body) {
        Unsupported.others(body, "", KNOWN);
        requireOneOf("Driver", body, "bridge");
        requireOneOf("Scope", body, "local");
        if (!body.path("EnableIPv4").booleanValue(true)) {
            throw new EngineException.NotImplemented("EnableIPv4=false is not supported by this engine: leave it out");
        }
        Map<String, String> options = texts("Options", body.path("Options"));
        for (String option : options.keySet()) {
            if (!option.equals(BRIDGE_NAME)) {
                throw new EngineException.NotImplemented(
                        "Options." + option + " is not supported by this engine: the only one is " + BRIDGE_NAME);
            }
        }
        return new NetworkRequest(
                body.path("Name").asString(""),
                body.path("EnableIPv6").booleanValue(false),
                body.path("Internal").booleanValue(false),
                ranges(body.path("IPAM")),
                Optional.ofNullable(options.get(BRIDGE_NAME)),
                texts("Labels", body.path("Labels")),
                options);
    }

    private static void requireOneOf(String field, JsonNode body, String only) {
        String value = body.path(field).asString("");
        if (!value.isEmpty() && !value.equals(only)) {
            throw new EngineException.NotImplemented(
                    field + " " + value + " is not supported by this engine: the only one is " + only);
        }
    }

    private static List<NetworkRequest.Range> ranges(JsonNode ipam) {
        Unsupported.others(ipam, "IPAM.", Set.of("Driver", "Config"));
        requireOneOf("Driver", ipam, "default");
        List<NetworkRequest.Range> ranges = new ArrayList<>();
        for (JsonNode config : ipam.path("Config")) {
            Unsupported.others(config, "IPAM.Config.", Set.of("Subnet", "Gateway", "IPRange"));
            if (text(config, "Subnet").isPresent()) {
                ranges.add(new NetworkRequest.Range(
                        text(config, "Subnet").orElseThrow(), text(config, "Gateway"), text(config, "IPRange")));
            } else if (text(config, "Gateway").or(() -> text(config, "IPRange")).isPresent()) {
                throw new EngineException.InvalidParameter(
                        "IPAM.Config: a Gateway or an IPRange needs the Subnet that it is in");
            }
        }
        return List.copyOf(ranges);
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.of(node.path(field).asString("")).filter(text -> !text.isEmpty());
    }

    private static Map<String, String> texts(String field, JsonNode node) {
        Map<String, String> texts = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (!entry.getValue().isString()) {
                throw new EngineException.InvalidParameter(field + "." + entry.getKey() + " must be a string");
            }
            texts.put(entry.getKey(), entry.getValue().stringValue());
        }
        return texts;
    }
}
