package dev.dormouse.daemon.config;

import java.util.Comparator;
import java.util.Map;
import java.util.Set;

/** What is said of a key that this engine has not. */
final class UnknownKey {
    /** Keys of dockerd 28's daemon.json (docs.docker.com/reference/cli/dockerd) that this engine does not have. */
    private static final Set<String> DOCKERDS = Set.of(
            "allow-direct-routing",
            "authorization-plugins",
            "bip",
            "bip6",
            "bridge",
            "bridge-accept-fwmark",
            "builder",
            "cgroup-parent",
            "containerd",
            "containerd-namespace",
            "containerd-plugins-namespace",
            "data-root",
            "default-address-pools",
            "default-cgroupns-mode",
            "default-gateway",
            "default-gateway-v6",
            "default-ipc-mode",
            "default-network-opts",
            "default-runtime",
            "default-ulimits",
            "dns",
            "dns-opts",
            "dns-search",
            "exec-opts",
            "exec-root",
            "experimental",
            "features",
            "firewall-backend",
            "fixed-cidr",
            "fixed-cidr-v6",
            "host-gateway-ip",
            "host-gateway-ips",
            "http-proxy",
            "https-proxy",
            "icc",
            "init",
            "init-path",
            "insecure-registries",
            "ip",
            "ip-forward",
            "ip-forward-no-drop",
            "ip-masq",
            "ip6tables",
            "iptables",
            "ipv6",
            "log-driver",
            "log-format",
            "log-level",
            "log-opts",
            "max-concurrent-downloads",
            "max-concurrent-uploads",
            "max-download-attempts",
            "metrics-addr",
            "mtu",
            "no-new-privileges",
            "no-proxy",
            "node-generic-resources",
            "oom-score-adjust",
            "pidfile",
            "proxies",
            "raw-logs",
            "registry-mirrors",
            "rootless",
            "runtimes",
            "seccomp-profile",
            "selinux-enabled",
            "storage-driver",
            "storage-opts",
            "swarm-default-advertise-addr",
            "tls",
            "tlscacert",
            "tlscert",
            "tlskey",
            "tlsverify",
            "userland-proxy",
            "userland-proxy-path",
            "userns-remap");

    /** What to do instead, where there is something. */
    private static final Map<String, String> INSTEAD = Map.of(
            "data-root", "its data is in /var/lib/dormouse: mount another disk there",
            "log-level", "use debug",
            "log-driver", "logs are in the journal and in docker logs",
            "tls", "use DOCKER_HOST=ssh://… from afar",
            "tlsverify", "use DOCKER_HOST=ssh://… from afar",
            "default-runtime", "the runtime is crun",
            "storage-driver", "the driver is overlay");

    private UnknownKey() {}

    static String explain(String name) {
        if (DOCKERDS.contains(name) && ConfigKeys.named(name).isEmpty()) {
            return "dockerd has this key, this engine does not: " + INSTEAD.getOrDefault(name, "remove it");
        }
        return ConfigKeys.ALL.stream()
                .map(ConfigKey::name)
                .min(Comparator.comparingInt(known -> distance(known, name)))
                .filter(known -> distance(known, name) <= Math.max(1, known.length() / 3))
                .map(known -> "unknown key; is " + known + " meant?")
                .orElseGet(() -> "unknown key; there are "
                        + String.join(
                                ", ",
                                ConfigKeys.ALL.stream()
                                        .map(ConfigKey::name)
                                        .sorted()
                                        .toList()));
    }

    /** How many characters must be put in, taken out or exchanged (Levenshtein's). */
    static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int exchanged = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(exchanged, 1 + Math.min(row[j - 1], diagonal));
            }
        }
        return row[right.length()];
    }
}
