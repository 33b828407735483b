package dev.dormouse.daemon.network;

import dev.dormouse.daemon.spec.ContainerId;
import dev.dormouse.daemon.spec.PublishedPort;
import java.util.List;

/** The engine's networks: one bridge so far. Thread-safe; an allocation that was returned survives a crash of the engine. */
public interface Networks {
    /** Gives a container an address; the same again if it has one. */
    Attachment allocate(ContainerId container);

    /** Takes a container's address back; nothing if it has none. */
    void release(ContainerId container);

    /**
     * What {@code netavark setup NETNS} and {@code netavark teardown NETNS} read on standard input for this container
     * (netavark 1.4 to 1.14 take the same document).
     */
    String netavarkOptions(
            ContainerId container, String name, Attachment attachment, List<PublishedPort> publishedPorts);
}
