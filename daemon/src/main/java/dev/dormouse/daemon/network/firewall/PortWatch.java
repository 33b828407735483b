package dev.dormouse.daemon.network.firewall;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.spec.ContainerId;
import dev.dormouse.daemon.spec.PublishedPort;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the published ports of running containers work: what a flushed firewall took is made again, but for a port that another
 * process has meanwhile, which costs that mapping alone until the port is free. Called again and again; not thread-safe.
 */
public final class PortWatch {
    private static final Logger LOG = LoggerFactory.getLogger(PortWatch.class);

    private final Firewall firewall;
    private final Path hostTables;
    private final Live live;
    private final Map<ContainerId, String> troubles = new HashMap<>();

    /** The running containers, and who is told what is wrong with one. */
    public interface Live {
        /** What runs on networks now. */
        List<LiveSandbox> sandboxes();

        /**
         * Something has changed about a container's published ports.
         *
         * @param trouble what is wrong with them now; empty: nothing any more
         */
        void trouble(ContainerId container, String trouble);
    }

    public PortWatch(Firewall firewall, Live live) {
        this(firewall, live, Path.of("/proc/net"));
    }

    PortWatch(Firewall firewall, Live live, Path hostTables) {
        this.firewall = firewall;
        this.live = live;
        this.hostTables = hostTables;
    }

    /** Looks once, and mends what can be mended. What fails on one container is logged, and tried again at the next look. */
    public void look() {
        List<LiveSandbox> sandboxes = live.sandboxes();
        troubles.keySet()
                .removeIf(id ->
                        sandboxes.stream().noneMatch(sandbox -> sandbox.id().equals(id)));
        if (sandboxes.isEmpty()) {
            return;
        }
        Optional<FirewallRules> rules = firewall.rules();
        if (rules.isEmpty()) {
            return;
        }
        HostListeners listeners = HostListeners.read(hostTables);
        Set<String> networksMended = new HashSet<>();
        for (LiveSandbox sandbox : sandboxes) {
            Set<String> networks = sandbox.attachments().stream()
                    .filter(attachment -> !rules.get().masquerades(attachment))
                    .map(attachment -> attachment.network().id())
                    .collect(Collectors.toSet());
            boolean mendNetwork = !networksMended.containsAll(networks);
            if (look(sandbox, rules.get(), listeners, mendNetwork)) {
                networksMended.addAll(networks);
            }
        }
    }

    /** Whether rules were made, the network's own among them. */
    private boolean look(LiveSandbox sandbox, FirewallRules rules, HostListeners listeners, boolean mendNetwork) {
        List<PublishedPort> mend = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (PublishedPort port : sandbox.ports()) {
            boolean taken = listeners.has(port);
            boolean published = rules.publishes(sandbox, port);
            if (taken) {
                words.add(words(port, published));
            } else if (!published) {
                mend.add(port);
            }
        }
        boolean mended = false;
        if (!mend.isEmpty() || mendNetwork) {
            try {
                firewall.restore(sandbox, mend);
                LOG.warn(
                        "container {}: firewall rules were gone and are made again: ports={} network={}",
                        sandbox.name(),
                        mend.stream().map(PortWatch::words).toList(),
                        mendNetwork);
                mended = true;
            } catch (EngineException e) {
                words.add("its firewall rules are gone and cannot be made again: " + e.getMessage());
            }
        }
        tell(sandbox, String.join("; ", words));
        return mended;
    }

    private void tell(LiveSandbox sandbox, String trouble) {
        String before = troubles.getOrDefault(sandbox.id(), "");
        if (before.equals(trouble)) {
            return;
        }
        if (trouble.isEmpty()) {
            troubles.remove(sandbox.id());
            LOG.info("container {}: all its published ports work again", sandbox.name());
        } else {
            troubles.put(sandbox.id(), trouble);
            LOG.error("container {}: {}", sandbox.name(), trouble);
        }
        live.trouble(sandbox.id(), trouble);
    }

    private static String words(PublishedPort port, boolean published) {
        String what = "host port " + words(port) + " (for " + port.container() + ")";
        return published
                ? what + " is also listened on by another process, which gets none of its connections: stop that"
                        + " process, or remove the container"
                : what + " is taken by another process: not published until that lets go of it; see who it is with"
                        + " `ss -lnp 'sport = :" + port.hostPort() + "'`";
    }

    private static String words(PublishedPort port) {
        return (port.hostAddress().isEmpty() ? "" : port.hostAddress() + ":") + port.hostPort() + "/"
                + port.container().protocol().lowerCase();
    }
}
