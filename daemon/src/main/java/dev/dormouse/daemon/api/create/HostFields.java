package dev.dormouse.daemon.api.create;

import static dev.dormouse.daemon.api.create.CreateRequest.invalid;
import static dev.dormouse.daemon.api.create.CreateRequest.list;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Capabilities, hosts and resolvers. */
final class HostFields {
    /** capabilities(7), as of Linux 6.18. */
    private static final Set<String> CAPABILITIES = Set.of(
            "AUDIT_CONTROL",
            "AUDIT_READ",
            "AUDIT_WRITE",
            "BLOCK_SUSPEND",
            "BPF",
            "CHECKPOINT_RESTORE",
            "CHOWN",
            "DAC_OVERRIDE",
            "DAC_READ_SEARCH",
            "FOWNER",
            "FSETID",
            "IPC_LOCK",
            "IPC_OWNER",
            "KILL",
            "LEASE",
            "LINUX_IMMUTABLE",
            "MAC_ADMIN",
            "MAC_OVERRIDE",
            "MKNOD",
            "NET_ADMIN",
            "NET_BIND_SERVICE",
            "NET_BROADCAST",
            "NET_RAW",
            "PERFMON",
            "SETFCAP",
            "SETGID",
            "SETPCAP",
            "SETUID",
            "SYSLOG",
            "SYS_ADMIN",
            "SYS_BOOT",
            "SYS_CHROOT",
            "SYS_MODULE",
            "SYS_NICE",
            "SYS_PACCT",
            "SYS_PTRACE",
            "SYS_RAWIO",
            "SYS_RESOURCE",
            "SYS_TIME",
            "SYS_TTY_CONFIG",
            "WAKE_ALARM");

    private HostFields() {}

    /** Upper case, without {@code CAP_}. */
    static List<String> capabilities(String field, @Nullable List<String> names) {
        return list(names).stream()
                .map(name -> {
                    String upper = name.toUpperCase(Locale.ROOT);
                    String bare = upper.startsWith("CAP_") ? upper.substring(4) : upper;
                    if (!bare.equals("ALL") && !CAPABILITIES.contains(bare)) {
                        throw invalid(field, "capabilities of capabilities(7), or ALL", name);
                    }
                    return bare;
                })
                .distinct()
                .toList();
    }

    /** {@code name:address} each. */
    static List<String> extraHosts(@Nullable List<String> hosts) {
        return list(hosts).stream().map(HostFields::extraHost).toList();
    }

    private static String extraHost(String text) {
        int colon = text.indexOf(':');
        if (colon < 1 || text.chars().anyMatch(c -> c <= ' ' || c == '#')) {
            throw invalid("HostConfig.ExtraHosts", "a name, a colon and an address", text);
        }
        String address = text.substring(colon + 1);
        String bare =
                address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
        if (bare.isEmpty()) {
            throw invalid("HostConfig.ExtraHosts", "a name, a colon and an IPv4 or IPv6 address", text);
        }
        return text.substring(0, colon) + ":" + Addresses.literal("HostConfig.ExtraHosts", bare);
    }

    static List<String> dns(@Nullable List<String> servers) {
        return list(servers).stream()
                .map(server -> {
                    if (server.isEmpty()) {
                        throw invalid("HostConfig.Dns", "IPv4 or IPv6 addresses", server);
                    }
                    return Addresses.literal("HostConfig.Dns", server);
                })
                .toList();
    }
}
