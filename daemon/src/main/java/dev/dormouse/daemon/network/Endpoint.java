package dev.dormouse.daemon.network;

import java.util.List;
import java.util.Optional;

/**
 * A place on a network that is asked for.
 *
 * @param network name or id
 * @param aliases further names of the container on it
 * @param address an IPv4 literal it must have; absent: a free one
 * @param address6 an IPv6 literal it must have; absent: a free one, where the network has IPv6
 */
public record Endpoint(String network, List<String> aliases, Optional<String> address, Optional<String> address6) {
    public Endpoint {
        aliases = List.copyOf(aliases);
    }

    /** Any place on a network. */
    public static Endpoint on(String network) {
        return new Endpoint(network, List.of(), Optional.empty(), Optional.empty());
    }
}
