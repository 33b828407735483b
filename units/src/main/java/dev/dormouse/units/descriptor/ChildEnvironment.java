package dev.dormouse.units.descriptor;

import java.util.Map;

/** Keeps what systemd meant for this process alone out of its children. */
public final class ChildEnvironment {
    private ChildEnvironment() {}

    /** Removes LISTEN_*, NOTIFY_SOCKET, WATCHDOG_* and FDSTORE from what a child will be started with. */
    public static void scrub(ProcessBuilder child) {
        scrub(child.environment());
    }

    /** Removes LISTEN_*, NOTIFY_SOCKET, WATCHDOG_* and FDSTORE. */
    public static void scrub(Map<String, String> environment) {
        environment.keySet().removeIf(ChildEnvironment::isOurs);
    }

    private static boolean isOurs(String variable) {
        return variable.startsWith("LISTEN_")
                || variable.startsWith("WATCHDOG_")
                || variable.equals("NOTIFY_SOCKET")
                || variable.equals("FDSTORE");
    }
}
