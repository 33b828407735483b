package dev.dormouse.daemon.runtime;

import dev.dormouse.daemon.error.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The capabilities of a container's processes: docker's default set, with what is added and dropped. */
final class Capabilities {
    private static final String ALL = "ALL";

    /** capabilities(7), in the kernel's order. */
    private static final List<String> KNOWN = List.of(
            "CHOWN",
            "DAC_OVERRIDE",
            "DAC_READ_SEARCH",
            "FOWNER",
            "FSETID",
            "KILL",
            "SETGID",
            "SETUID",
            "SETPCAP",
            "LINUX_IMMUTABLE",
            "NET_BIND_SERVICE",
            "NET_BROADCAST",
            "NET_ADMIN",
            "NET_RAW",
            "IPC_LOCK",
            "IPC_OWNER",
            "SYS_MODULE",
            "SYS_RAWIO",
            "SYS_CHROOT",
            "SYS_PTRACE",
            "SYS_PACCT",
            "SYS_ADMIN",
            "SYS_BOOT",
            "SYS_NICE",
            "SYS_RESOURCE",
            "SYS_TIME",
            "SYS_TTY_CONFIG",
            "MKNOD",
            "LEASE",
            "AUDIT_WRITE",
            "AUDIT_CONTROL",
            "SETFCAP",
            "MAC_OVERRIDE",
            "MAC_ADMIN",
            "SYSLOG",
            "WAKE_ALARM",
            "BLOCK_SUSPEND",
            "AUDIT_READ",
            "PERFMON",
            "BPF",
            "CHECKPOINT_RESTORE");

    private static final Set<String> DEFAULT = Set.of(
            "AUDIT_WRITE",
            "CHOWN",
            "DAC_OVERRIDE",
            "FOWNER",
            "FSETID",
            "KILL",
            "MKNOD",
            "NET_BIND_SERVICE",
            "NET_RAW",
            "SETFCAP",
            "SETGID",
            "SETPCAP",
            "SETUID",
            "SYS_CHROOT");

    private Capabilities() {}

    /**
     * Names with {@code CAP_}, sorted.
     *
     * @param available bit mask of what this host's processes can have at all; {@code ALL} means no more than that
     */
    static List<String> of(List<String> added, List<String> dropped, long available) {
        added.forEach(name -> check("cap-add", name));
        dropped.forEach(name -> check("cap-drop", name));
        Set<String> held = new TreeSet<>();
        if (added.contains(ALL)) {
            for (int bit = 0; bit < KNOWN.size(); bit++) {
                if ((available >> bit & 1) != 0) {
                    held.add(KNOWN.get(bit));
                }
            }
        } else if (!dropped.contains(ALL)) {
            held.addAll(DEFAULT);
        }
        added.stream().filter(name -> !name.equals(ALL)).forEach(held::add);
        dropped.forEach(held::remove);
        List<String> names = new ArrayList<>();
        held.forEach(name -> names.add("CAP_" + name));
        return List.copyOf(names);
    }

    private static void check(String option, String name) {
        if (!name.equals(ALL) && !KNOWN.contains(name)) {
            throw new EngineException.InvalidParameter(option + ": there is no capability " + name
                    + "; allowed are ALL and the names of capabilities(7) without CAP_");
        }
    }
}
