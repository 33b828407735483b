package dev.dormouse.daemon.runtime;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** netavark's document of a container, by its networks. Immutable. */
final class NetavarkDocument {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** The members that have one for each network. */
    private static final String[] BY_NETWORK = {"networks", "network_info"};

    private final ObjectNode document;

    private NetavarkDocument(ObjectNode document) {
        this.document = document;
    }

    /** @param text absent: one without networks */
    static NetavarkDocument of(Optional<String> text) {
        return new NetavarkDocument(
                text.filter(line -> !line.isEmpty())
                                        .map(line -> JSON.readTree(line))
                                        .orElse(null)
                                instanceof ObjectNode object
                        ? object
                        : JSON.createObjectNode());
    }

    Set<String> networks() {
        return new TreeSet<>(document.path(BY_NETWORK[0]).propertyNames());
    }

    /** The same on this network alone. */
    NetavarkDocument only(String network) {
        ObjectNode copy = document.deepCopy();
        for (String member : BY_NETWORK) {
            if (copy.path(member) instanceof ObjectNode networks) {
                networks.retain(network);
            }
        }
        return new NetavarkDocument(copy);
    }

    /** The same but for this network. */
    NetavarkDocument without(String network) {
        ObjectNode copy = document.deepCopy();
        for (String member : BY_NETWORK) {
            if (copy.path(member) instanceof ObjectNode networks) {
                networks.remove(network);
            }
        }
        return new NetavarkDocument(copy);
    }

    /** The same with a network of another document more; what is of no network is that one's. */
    NetavarkDocument with(String network, NetavarkDocument other) {
        ObjectNode copy = other.document.deepCopy();
        for (String member : BY_NETWORK) {
            ObjectNode networks = copy.putObject(member);
            if (document.path(member) instanceof ObjectNode own) {
                networks.setAll(own);
            }
            networks.set(network, other.document.path(member).path(network));
        }
        return new NetavarkDocument(copy);
    }

    /** One line, without its end; empty if it has no network. */
    String line() {
        return networks().isEmpty() ? "" : JSON.writeValueAsString(document);
    }
}
