package dev.dormouse.daemon.network.firewall;

import dev.dormouse.daemon.network.Attachment;
import dev.dormouse.daemon.spec.PublishedPort;
import java.util.List;

/**
 * Rules as {@code nft list ruleset} and {@code iptables-save} print them: netavark writes the one kind or the other, by its version and
 * configuration, and what iptables-nft wrote nft shows in words of its own.
 */
public record FirewallRules(List<String> lines) {
    public FirewallRules {
        lines = List.copyOf(lines);
    }

    /** Whether connections to a published port reach the container. */
    boolean publishes(LiveSandbox sandbox, PublishedPort port) {
        String protocol = port.container().protocol().lowerCase();
        String nft = protocol + " dport " + port.hostPort() + " ";
        String iptables = " --dport " + port.hostPort() + " ";
        return sandbox.attachments().stream()
                .map(attachment -> attachment.address() + ":" + port.container().number())
                .anyMatch(target -> publishes(target, protocol, nft, iptables));
    }

    private boolean publishes(String target, String protocol, String nft, String iptables) {
        return lines.stream()
                .filter(line -> line.endsWith("dnat ip to " + target)
                        || line.endsWith("dnat to " + target)
                        || line.endsWith("--to-destination " + target))
                .anyMatch(line ->
                        line.contains(nft) || (line.contains("-p " + protocol + " ") && line.contains(iptables)));
    }

    /** Whether a network's containers reach the world: the network's own rules. */
    boolean masquerades(Attachment attachment) {
        String subnet = attachment.subnet();
        return lines.stream()
                .filter(line -> !line.contains("dport"))
                .anyMatch(line -> (line.startsWith("ip saddr " + subnet + " ") && line.contains("jump "))
                        || line.startsWith("-A POSTROUTING -s " + subnet + " "));
    }
}
