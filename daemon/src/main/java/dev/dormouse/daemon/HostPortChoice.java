package dev.dormouse.daemon;

import dev.dormouse.daemon.lifecycle.PortChoice;
import dev.dormouse.daemon.network.HostPorts;
import dev.dormouse.daemon.spec.PublishedPort;
import java.util.List;

/** This host's ports, for the containers' verbs. */
record HostPortChoice() implements PortChoice {
    @Override
    public List<PublishedPort> choose(List<PublishedPort> requested, List<PublishedPort> held) {
        return HostPorts.choose(requested, held);
    }

    @Override
    public void requireFree(List<PublishedPort> ports) {
        HostPorts.requireFree(ports);
    }
}
