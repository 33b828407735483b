package dev.dormouse.daemon.network.firewall;

import dev.dormouse.daemon.network.Attachment;
import dev.dormouse.daemon.spec.ContainerId;
import dev.dormouse.daemon.spec.PublishedPort;
import java.util.List;

/**
 * A running container on networks.
 *
 * @param attachments those that firewall rules are made for: not the internal ones
 */
public record LiveSandbox(ContainerId id, String name, List<Attachment> attachments, List<PublishedPort> ports) {}
