package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * After each test, once its own clean-up ran: no mount, network namespace, veth, firewall rule, cgroup, unit, process or file of
 * Dormouse's that was not there before it. What the engine and the activator keep while they live is allowed for by stopping both
 * before each look.
 */
final class LeavesNothing implements BeforeEachCallback, AfterEachCallback {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(LeavesNothing.class);

    @Override
    public void beforeEach(ExtensionContext context) {
        context.getStore(NAMESPACE).put("before", traces());
    }

    @Override
    @SuppressWarnings("unchecked")
    public void afterEach(ExtensionContext context) {
        Set<String> before = context.getStore(NAMESPACE).get("before", Set.class);
        Set<String> after = traces();
        after.removeAll(before);
        assertThat(after).as("left behind").isEmpty();
    }

    private static Set<String> traces() {
        Shell.attempt("systemctl", "stop", "dormouse.service", "dormouse-activator.service");
        Set<String> traces = new TreeSet<>();
        collect(traces, "mount", "awk '{print $5}' /proc/self/mountinfo | grep -E '/(lib|run)/dormouse/'");
        collect(traces, "namespace", "ls /run/dormouse/netns 2>/dev/null");
        collect(traces, "veth", "ip -brief link show type veth | awk '{print $1}'");
        collect(
                traces,
                "network",
                "ip -brief link show type bridge | awk '{print $1}'; ls /var/lib/dormouse/networks 2>/dev/null | grep -E '^[0-9a-f]{64}'");
        collect(
                traces,
                "rule",
                "{ iptables-save 2>/dev/null; nft list ruleset 2>/dev/null; } | grep dport | sed 's/counter packets.*bytes [0-9]*//; s/\\[[0-9:]*\\]//'");
        collect(traces, "cgroup", "find /sys/fs/cgroup -type d -name 'dormouse-container@*' ");
        collect(
                traces,
                "unit",
                "systemctl list-units --all --plain --no-legend 'dormouse-container@*' 'dormouse-proxy@*' 'dormouse-pause@*' 'dormouse-group@*' 'nginx-*' | awk '{print $1}'");
        collect(traces, "process", "pgrep -a -f 'conmon|nginx|aardvark-dns' | grep -v pgrep | awk '{print $2}'");
        collect(
                traces,
                "container",
                "ls /var/lib/dormouse/containers /var/lib/dormouse/names /var/lib/dormouse/wake /var/lib/dormouse/autostart 2>/dev/null | grep -v :");
        collect(
                traces,
                "file",
                "find /etc/systemd/system /etc/dormouse /run/dormouse/containers /run/dormouse/paused /run/dormouse/probes /run/dormouse/health -mindepth 1 2>/dev/null");
        return traces;
    }

    private static void collect(Set<String> traces, String kind, String script) {
        traces.addAll(Shell.attempt("sh", "-c", script)
                .output()
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> kind + " " + line.strip())
                .collect(Collectors.toSet()));
    }
}
