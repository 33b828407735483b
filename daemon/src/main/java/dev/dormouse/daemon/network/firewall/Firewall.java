package dev.dormouse.daemon.network.firewall;

import dev.dormouse.daemon.spec.PublishedPort;
import java.util.List;
import java.util.Optional;

/** The host's packet filter. Thread-safe; throws {@link dev.dormouse.daemon.error.EngineException} only. */
public interface Firewall {
    /** The rules there are now; absent where no program of this machine can tell. */
    Optional<FirewallRules> rules();

    /** Makes the network's rules, and those of these ports, again. The container's own interface is not touched. */
    void restore(LiveSandbox sandbox, List<PublishedPort> ports);
}
