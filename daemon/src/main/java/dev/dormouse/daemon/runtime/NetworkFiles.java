package dev.dormouse.daemon.runtime;

import dev.dormouse.daemon.container.ContainerRecord;
import java.util.Optional;

/** What the network says about a container, as the runtime writes it beside the bundle. Thread-safe. */
public interface NetworkFiles {
    /** Text of its {@code /etc/hosts}. */
    String hosts(ContainerRecord container);

    /** Text of its {@code /etc/resolv.conf}. */
    String resolvConf(ContainerRecord container);

    /** Standard input of {@code netavark setup} and {@code teardown}; absent unless it is on the bridge. */
    Optional<String> netavarkOptions(ContainerRecord container);
}
