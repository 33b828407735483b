package dev.dormouse.daemon.network;

import dev.dormouse.daemon.error.EngineException;
import java.util.Optional;

/**
 * A network as it was made; none of this ever changes, so containers keep copies of it.
 *
 * @param id 64 hexadecimal digits
 * @param bridge the bridge's interface
 * @param ipv6 absent: IPv4 only
 * @param internal whether nothing outside it can be reached
 */
public record Network(
        String id, String name, String bridge, AddressRange ipv4, Optional<AddressRange> ipv6, boolean internal) {
    /** The network that containers are on which name none. */
    public static final String DEFAULT = "bridge";

    /** What tells, in dockerd's words, that it cannot be removed. */
    public EngineException.Conflict inUse(long containers) {
        return new EngineException.Conflict("error while removing network: network " + name + " id " + id
                + " has active endpoints: " + containers + " containers are on it");
    }

    /** As dockerd has it: names are resolved on networks that users have made, not on the default one. */
    public boolean resolvesNames() {
        return !name.equals(DEFAULT);
    }
}
