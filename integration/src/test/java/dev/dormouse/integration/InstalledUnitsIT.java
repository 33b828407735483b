package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ./install left on a booted system. */
class InstalledUnitsIT {
    private static final Pattern REFUSED =
            Pattern.compile("interactive authentication required|access denied", Pattern.CASE_INSENSITIVE);
    private static final List<String> UNITS = List.of(
            "dormouse.socket",
            "dormouse.service",
            "dormouse-activator.socket",
            "dormouse-activator.service",
            "dormouse-prober.path",
            "dormouse-prober.service",
            "dormouse-metrics.socket",
            "dormouse-metrics@.service",
            "dormouse-container@.service",
            "dormouse-proxy@.service",
            "dormouse-relisten@.service");

    @Test
    void pid1IsSystemd() throws IOException {
        assertThat(Files.readString(Path.of("/proc/1/comm"))).isEqualToIgnoringNewLines("systemd");
    }

    @Test
    void systemdFindsNothingWrongWithTheUnits() {
        for (String unit : UNITS) {
            String path = "/usr/lib/systemd/system/" + unit.replace("@.", "@verified.");
            Shell.Result result = Shell.attempt("systemd-analyze", "verify", "--man=no", path);
            assertThat(result.output().lines().filter(line -> line.contains("dormouse")))
                    .as(unit)
                    .isEmpty();
        }
    }

    @Test
    void theActivatorIsSandboxed() {
        String verdict = Shell.run("systemd-analyze", "--no-pager", "security", "dormouse-activator.service");
        Matcher level = Pattern.compile("exposure level for dormouse-activator.service: ([0-9.]+)")
                .matcher(verdict);
        assertThat(level.find()).as(verdict).isTrue();
        assertThat(Double.parseDouble(level.group(1))).isLessThanOrEqualTo(2.0);
        assertThat(Shell.run("id", "-nG", "dormouse-activator").split(" "))
                .as("the engine's socket is for the group dormouse")
                .doesNotContain("dormouse", "root");
    }

    /** Every verb of systemd's manager on every kind of unit; of its own units all but start and stop. */
    @Test
    void theActivatorsUserMayStartAndStopItsOwnUnitsAndNothingElse() {
        List<String> others = List.of(
                "dbus.service",
                "dormouse.service",
                "dormouse.socket",
                "dormouse-activator.service",
                "dormouse-prober.service",
                "dormouse-pause@nobody.service",
                "dormouse-proxy@nobody.socket",
                "dormouse-container@..service",
                "dormouse-group@nobody.target",
                "poweroff.target");
        for (String unit : others) {
            assertRefused("start", unit);
            assertRefused("stop", unit);
        }
        for (String own : List.of("dormouse-container@nobody.service", "dormouse-proxy@nobody.service")) {
            for (String verb : List.of("restart", "try-restart", "reload", "reload-or-restart")) {
                assertRefused(verb, own);
            }
            assertRefused("set-property", "--runtime", own, "CPUWeight=1");
            assertThat(asActivator("systemctl", "--no-ask-password", "stop", own)
                            .output())
                    .doesNotContainPattern(REFUSED);
        }
        // These are of units that are loaded; the manager's own verbs are of none.
        assertRefused("kill", "dbus.service");
        assertRefused("reset-failed", "dbus.service");
        assertRefused("freeze", "dbus.service");
        assertRefused("thaw", "dbus.service");
        assertRefused("clean", "dbus.service");
        assertRefused("enable", "dormouse-autostart.service");
        assertRefused("disable", "dormouse.socket");
        assertRefused("mask", "--runtime", "dbus.service");
        assertRefused("daemon-reload");
        assertRefused("daemon-reexec");
        assertRefused("set-environment", "A=b");
        assertThat(asActivator("systemd-run", "--no-ask-password", "true").exit())
                .isNotZero();
    }

    private static void assertRefused(String... verb) {
        List<String> command = new ArrayList<>(List.of("systemctl", "--no-ask-password"));
        command.addAll(List.of(verb));
        Shell.Result result = asActivator(command.toArray(String[]::new));
        assertThat(result.exit()).as(String.join(" ", verb)).isNotZero();
        assertThat(result.output()).as(String.join(" ", verb)).containsPattern(REFUSED);
    }

    @Test
    void anInstallElsewhereIsTakenAwayWhole(@TempDir Path elsewhere) throws IOException {
        Path install = Shell.PROJECT.resolve("install");
        Shell.run("env", "DESTDIR=" + elsewhere, "PREFIX=/opt/den", install.toString());
        assertThat(elsewhere.resolve("opt/den/bin/dormoused")).isExecutable();
        assertThat(Files.readString(elsewhere.resolve("opt/den/lib/systemd/system/dormouse.service")))
                .contains("/opt/den/bin/dormoused")
                .doesNotContain("@PREFIX@");
        Shell.run("env", "DESTDIR=" + elsewhere, "PREFIX=/opt/den", install.toString(), "--uninstall");
        try (var left = Files.walk(elsewhere)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    private static Shell.Result asActivator(String... command) {
        String[] whole = new String[command.length + 4];
        System.arraycopy(
                new String[] {"setpriv", "--reuid=dormouse-activator", "--regid=dormouse-activator", "--clear-groups"},
                0,
                whole,
                0,
                4);
        System.arraycopy(command, 0, whole, 4, command.length);
        return Shell.attempt(whole);
    }
}
