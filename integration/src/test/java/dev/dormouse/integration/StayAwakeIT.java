package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What keeps a container awake though nobody is connected. */
@ExtendWith(LeavesNothing.class)
class StayAwakeIT {
    private static final SystemUnit CONTAINER = SystemUnit.container("wakeful");
    private static final SystemUnit WARM = new SystemUnit("dormouse-keepwarm@wakeful.service");
    private static final SystemUnit TIMER = new SystemUnit("dormouse-keepwarm@wakeful.timer");

    @BeforeEach
    void create() {
        BusyboxImage.load();
        Shell.run("docker", "create", "--name", "wakeful", "busybox", "sh", "-c", """
                trap 'exit 0' TERM
                httpd -p 80 -h /
                while :; do
                  if [ -e /tmp/rest ]; then sleep 1; fi
                done""");
    }

    @AfterEach
    void remove() {
        Shell.attempt("dormouse", "disable", "wakeful");
        Shell.run("docker", "rm", "--force", "wakeful");
    }

    @Test
    void itsProcessorAndItsVetoKeepItAwake() {
        enable("--idle", "4s", "--idle-cpu", "3");
        Shell.run("dormouse", "wake", "wakeful");
        awaitAnotherAsleep("5s");
        assertThat(CONTAINER.isActive()).as("it works").isTrue();

        enable("--idle", "4s", "--idle-cpu", "3", "--idle-veto", "test -e /tmp/quiet");
        within("echo >/tmp/rest");
        Await.until(
                "its veto was asked",
                () -> !Shell.run("journalctl", "--quiet", "SERVICE=wakeful", "OUTCOME=vetoed")
                        .isEmpty());
        assertThat(CONTAINER.isActive()).as("it has a veto").isTrue();

        within("echo >/tmp/quiet");
        CONTAINER.awaitInactive();
    }

    @Test
    void aVetoThatDoesNotEndIsOneAndIsKilled() {
        enable("--idle", "500ms", "--idle-veto", "sleep 3600");
        Shell.run("dormouse", "wake", "wakeful");
        Await.until(
                "it was too late",
                () -> Shell.run("journalctl", "--quiet", "--output=cat", "SERVICE=wakeful", "OUTCOME=vetoed")
                        .contains("has not ended within 10 s"));
        assertThat(CONTAINER.isActive()).isTrue();
        Shell.run("dormouse", "disable", "wakeful");
    }

    @Test
    void inItsTimeItIsWokenAndStaysAwakeAndFallsAsleepAfterIt() {
        enable("--idle", "500ms", "--keep-warm", "00:00-24:00");
        Await.until("it is woken by its timer", CONTAINER::isActive);
        assertThat(TIMER.isActive()).isTrue();
        assertThat(Shell.run("systemctl", "is-enabled", TIMER.name())).isEqualTo("enabled");
        assertThat(Shell.run("systemctl", "list-timers", "--all", TIMER.name())).contains("wakeful");
        Await.until(
                "it is awake", () -> Shell.run("dormouse", "status", "wakeful").contains("awake"));
        awaitAnotherAsleep("1s");
        assertThat(CONTAINER.isActive()).isTrue();

        Shell.run("dormouse", "sleep", "wakeful");
        assertThat(CONTAINER.isInactive()).as("by hand").isTrue();
        Shell.run("systemctl", "restart", TIMER.name());
        Await.until("a boot in its time wakes it", CONTAINER::isActive);

        String another = LocalDate.now(ZoneId.systemDefault())
                .plusDays(3)
                .getDayOfWeek()
                .getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
        enable("--idle", "500ms", "--keep-warm", another + " 08:00-18:00");
        CONTAINER.awaitInactive();
        Shell.run("systemctl", "restart", TIMER.name());
        Await.until("it was looked at", () -> WARM.property("Result").equals("exec-condition"));
        assertThat(CONTAINER.isInactive()).as("its time is another").isTrue();

        enable("--idle", "500ms");
        assertThat(TIMER.isInactive()).isTrue();
        assertThat(Shell.attempt("systemctl", "is-enabled", TIMER.name()).output())
                .isNotEqualTo("enabled");
    }

    /** One that was woken later, and has nothing that keeps it awake. */
    private static void awaitAnotherAsleep(String idle) {
        try (NginxService other = NginxService.enable("mortal", 8026, idle)) {
            Shell.run("dormouse", "wake", "mortal");
            other.awaitAsleep();
        }
    }

    private static void enable(String... options) {
        String[] command = new String[6 + options.length];
        System.arraycopy(
                new String[] {"dormouse", "enable", "wakeful", "--listen", "8025", "--port=80"}, 0, command, 0, 6);
        System.arraycopy(options, 0, command, 6, options.length);
        Shell.run(command);
    }

    /** In the container. */
    private static void within(String command) {
        String id = Shell.inspect("wakeful", "{{.Id}}");
        Shell.run("crun", "--root=/run/dormouse/crun", "exec", id, "/bin/sh", "-c", command);
    }
}
