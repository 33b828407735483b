package dev.dormouse.daemon.network.firewall;

import dev.dormouse.daemon.network.Attachment;
import dev.dormouse.daemon.spec.ContainerId;
import dev.dormouse.daemon.spec.PublishedPort;
import java.util.List;

/** A running container on the bridge. */
public record LiveSandbox(ContainerId id, String name, Attachment attachment, List<PublishedPort> ports) {}
