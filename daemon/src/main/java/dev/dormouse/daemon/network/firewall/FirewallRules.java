package dev.dormouse.daemon.network.firewall;

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
        String target = sandbox.attachment().address() + ":" + port.container().number();
        String nft = protocol + " dport " + port.hostPort() + " ";
        String iptables = " --dport " + port.hostPort() + " ";
        return lines.stream()
                .filter(line -> line.endsWith("dnat ip to " + target)
                        || line.endsWith("dnat to " + target)
                        || line.endsWith("--to-destination " + target))
                .anyMatch(line ->
                        line.contains(nft) || (line.contains("-p " + protocol + " ") && line.contains(iptables)));
    }

    /** Whether the bridge's containers reach the world: the network's own rules. */
    boolean masquerades(LiveSandbox sandbox) {
        String subnet = sandbox.attachment().subnet();
        return lines.stream()
                .filter(line -> !line.contains("dport"))
                .anyMatch(line -> (line.startsWith("ip saddr " + subnet + " ") && line.contains("jump "))
                        || line.startsWith("-A POSTROUTING -s " + subnet + " "));
    }
}
