package dev.dormouse.integration;

/**
 * What a power failure and the boot after it leave, on a machine that cannot boot again: the disk as it was at one instant while all
 * ran, and nothing of {@code /run}. Only {@link #boot} starts something again.
 */
final class PowerFailure {
    private static final String STATE = "/var/lib/dormouse";

    private PowerFailure() {}

    /** The engine is gone by now, as are the containers; what their ends and their unit's clean-up wrote is taken back. */
    static void strike() {
        systemctl("stop", "dormouse.service");
        Shell.run("sh", "-eu", "-c", """
                cd "$0/containers"
                tar -cf /tmp/power-failure.tar $(find . -mindepth 2 -maxdepth 2 -name exit -o -mindepth 2 -maxdepth 2 -name running \
                  -o -mindepth 2 -maxdepth 2 -name state.json)
                systemctl stop 'dormouse-container@*'
                rm -f */exit */running
                tar -xf /tmp/power-failure.tar
                rm -rf /tmp/power-failure.tar /run/dormouse
                systemd-tmpfiles --create dormouse.conf
                """, STATE);
    }

    /** What the enabled units of a boot do. */
    static void boot() {
        systemctl("start", "dormouse-autostart.service");
    }

    /** With the service go all sockets of Dormouse's own that are enabled: their files are in {@code /run} too. */
    private static void systemctl(String verb, String service) {
        Shell.run("sh", "-euc", """
                systemctl "$0" $(systemctl list-unit-files --state=enabled --no-legend 'dormouse*.socket' | cut -d ' ' -f 1) "$1"
                """, verb, service);
    }
}
