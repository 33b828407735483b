package dev.dormouse.daemon.network;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network that is asked for.
 *
 * @param ranges of at most one of each family; one that is missing is chosen
 * @param bridge the name of its interface; absent: made from its id
 * @param options as the client wrote them
 */
public record NetworkRequest(
        String name,
        boolean ipv6,
        boolean internal,
        List<Range> ranges,
        Optional<String> bridge,
        Map<String, String> labels,
        Map<String, String> options) {
    /**
     * Addresses of one family.
     *
     * @param gateway absent: the subnet's first
     * @param pool absent: all of the subnet
     */
    public record Range(String subnet, Optional<String> gateway, Optional<String> pool) {}
}
