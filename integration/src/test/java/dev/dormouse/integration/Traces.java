package dev.dormouse.integration;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What containers and services leave on a machine that something of theirs does not take away again: one line each, what and which. */
final class Traces {
    /** One process: it is looked at after each of many kills. */
    private static final String LOOK = """
            say() { while IFS= read -r line; do [ -z "$line" ] || echo "$1 $line"; done; }
            while read -r _ _ _ _ point _; do
              case $point in /var/lib/dormouse/* | /run/dormouse/*) echo "mount $point" ;; esac
            done </proc/self/mountinfo
            ls /run/dormouse/netns 2>/dev/null | say namespace
            ip -brief link show type veth | cut -d ' ' -f 1 | say veth
            ip -brief link show type bridge | cut -d ' ' -f 1 | say network
            ls /var/lib/dormouse/networks 2>/dev/null | grep -E '^[0-9a-f]{64}' | say network
            { iptables-save 2>/dev/null; nft list ruleset 2>/dev/null; } | grep dport |
              sed 's/counter packets.*bytes [0-9]*//; s/\\[[0-9:]*\\]//' | say rule
            find /sys/fs/cgroup -type d -name 'dormouse-container@*' | say cgroup
            systemctl list-units --all --plain --no-legend 'dormouse-container@*' 'dormouse-proxy@*' 'dormouse-pause@*' \\
              'dormouse-group@*' 'nginx-*' | cut -d ' ' -f 1 | say unit
            pgrep -a -f 'conmon|nginx|aardvark-dns' | grep -v pgrep | cut -d ' ' -f 2 | say process
            ls /var/lib/dormouse/containers /var/lib/dormouse/names /var/lib/dormouse/wake /var/lib/dormouse/autostart 2>/dev/null |
              grep -v : | say container
            find /etc/systemd/system /etc/dormouse /run/dormouse/containers /run/dormouse/paused /run/dormouse/probes \\
              /run/dormouse/health /run/dormouse/slots /run/dormouse/units /run/dormouse/exits /run/dormouse/crun \\
              -mindepth 1 2>/dev/null | say file
            find /var/lib/dormouse /etc/dormouse /etc/systemd/system /run/dormouse \\( -name storage -o -name merged -o -name upper \\) -prune \\
              -o -name '*.new' -print -o -name '*.engine' -print 2>/dev/null | say 'half written'
            """;

    private Traces() {}

    static Set<String> now() {
        return Shell.attempt("sh", "-c", LOOK)
                .output()
                .lines()
                .filter(line -> !line.isBlank())
                .map(String::strip)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
