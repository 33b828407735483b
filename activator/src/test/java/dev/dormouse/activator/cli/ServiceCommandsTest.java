package dev.dormouse.activator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.activator.config.Folders;
import dev.dormouse.activator.status.StatusDocument;
import dev.dormouse.units.service.ListenTrouble;
import dev.dormouse.units.service.PortOwner;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands for services that are there: how they are bound, woken, put to sleep, paused. */
class ServiceCommandsTest {
    private final FakeUnits units = new FakeUnits();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    /** What the activator says of web, one look after the other; the last word stays. */
    private final Queue<String> looks = new ArrayDeque<>();

    private int pauses;

    @TempDir
    private Path folder;

    @BeforeEach
    void services() throws IOException {
        container("db", 5432);
        container("nginx", 80);
        assertThat(run("enable", "db", "--listen", "127.0.0.1:5432"))
                .as(err.toString())
                .isZero();
        assertThat(run("enable", "web", "--container", "nginx", "--listen", "80", "--after", "db"))
                .as(err.toString())
                .isZero();
        units.calls.clear();
        out.getBuffer().setLength(0);
        units.states.put("dormouse-proxy@db.socket", "active");
        units.states.put("dormouse-proxy@web.socket", "active");
    }

    @Test
    void aServiceMayWakeAnotherContainerAndNeedOthers() throws IOException {
        assertThat(Files.readString(folder.resolve("services/web.json")))
                .contains("\"container\" : \"nginx\"", "\"after\" : [ \"db\" ]", "\"declaredBy\" : \"enable\"");
        assertThat(Files.readString(folder.resolve("units/dormouse-proxy@web.service.d/wake.conf")))
                .contains("Wants=dormouse-proxy@db.service");
    }

    @Test
    void listShowsHowTheyAreDeclared() {
        assertThat(run("list")).isZero();

        assertThat(out.toString().lines())
                .containsExactly(
                        "NAME   CONTAINER   LISTEN           PORT   IDLE   READY   AFTER   GROUP   DECLARED BY",
                        "db     db          127.0.0.1:5432   5432   10m    auto    -       -       enable",
                        "web    nginx       80               80     10m    auto    db      -       enable");
    }

    @Test
    void listSpeaksJson() {
        assertThat(run("list", "--json")).isZero();

        assertThat(out.toString()).contains("\"container\" : \"nginx\"", "\"paused\" : false");
    }

    @Test
    void circlesAndUnknownServicesAreRefusedAndNothingChanges() throws IOException {
        String before = Files.readString(folder.resolve("services/db.json"));

        assertThat(run("enable", "db", "--listen", "5432", "--after", "web")).isEqualTo(1);
        assertThat(err.toString()).contains("in a circle: db after web after db");
        assertThat(run("enable", "db", "--listen", "5432", "--after", "cache")).isEqualTo(1);
        assertThat(err.toString()).contains("--after: no service named cache");

        assertThat(Files.readString(folder.resolve("services/db.json"))).isEqualTo(before);
        assertThat(units.calls).isEmpty();
    }

    @Test
    void accessToASocketThatIsNoneIsRefused() {
        assertThat(run("enable", "web", "--container", "nginx", "--listen", "80", "--socket-mode", "0600"))
                .isNotZero();
        assertThat(run("enable", "web", "--listen", "/run/w.sock", "--socket-mode", "rw"))
                .isEqualTo(2);

        assertThat(err.toString()).contains("no path is listened on", "'rw' is not three octal digits");
        assertThat(units.calls).isEmpty();
    }

    @Test
    void whatAnotherOneNeedsIsNotDisabled() {
        assertThat(run("disable", "db")).isEqualTo(1);

        assertThat(err.toString()).contains("service db is needed by web");
        assertThat(units.calls).isEmpty();
    }

    @Test
    void disableLetsAContainerRunThatAnotherServiceHas() {
        assertThat(run("enable", "web2", "--container", "nginx", "--listen", "81"))
                .isZero();
        units.states.put("dormouse-proxy@web.service", "active");

        assertThat(run("disable", "web")).isZero();

        assertThat(units.calls)
                .contains("stop dormouse-proxy@web.service")
                .doesNotContain("stop dormouse-container@nginx.service");
    }

    @Test
    void enablingAContainerThatRunsHoldsItToItsIdleTime() {
        units.states.put("dormouse-container@nginx.service", "active");

        assertThat(run("enable", "web2", "--container", "nginx", "--listen", "81"))
                .isZero();

        assertThat(units.calls)
                .containsSubsequence("start dormouse-proxy@web2.socket", "start dormouse-proxy@web2.service");
    }

    @Test
    void wakeHandsOverAndWaitsUntilTheContainerIsReady() {
        looks.addAll(List.of("", "", "waking", "waking", "awake"));

        assertThat(run("wake", "web")).as(err.toString()).isZero();

        assertThat(units.calls).containsExactly("start dormouse-proxy@web.service");
        assertThat(pauses).isEqualTo(3);
        assertThat(out.toString()).contains("web is awake");
    }

    @Test
    void wakeOfWhatIsHeldButNotAwakeHandsOverAnew() {
        units.states.put("dormouse-proxy@web.service", "active");
        looks.addAll(List.of("failed", "waking", "awake"));

        assertThat(run("wake", "web")).isZero();

        assertThat(units.calls).containsExactly("stop dormouse-proxy@web.service", "start dormouse-proxy@web.service");
    }

    @Test
    void wakeFailsIfTheContainerDoesOrTakesTooLong() {
        looks.addAll(List.of("", "waking", "failed"));
        assertThat(run("wake", "web")).isEqualTo(1);
        assertThat(err.toString()).contains("web could not be woken; see dormouse logs web");

        looks.clear();
        looks.add("waking");
        assertThat(run("wake", "web")).isEqualTo(1);
        assertThat(err.toString()).contains("web is not awake within its deadline");
    }

    @Test
    void sleepPausesTheSocketWhileItStopsTheContainer() {
        assertThat(run("sleep", "web")).as(err.toString()).isZero();

        assertThat(units.calls)
                .containsExactly(
                        "start dormouse-pause@web.service",
                        "stop dormouse-proxy@web.service",
                        "stop dormouse-container@nginx.service",
                        "stop dormouse-pause@web.service");
    }

    @Test
    void whatIsNeededByOneThatIsAwakeSleepsOnlyWithIt() {
        units.states.put("dormouse-proxy@web.service", "active");
        assertThat(run("sleep", "db")).isEqualTo(1);
        assertThat(err.toString()).contains("needed by web", "dormouse sleep web db");
        assertThat(units.calls).isEmpty();

        assertThat(run("sleep", "db", "web")).isZero();
        assertThat(units.calls)
                .containsSubsequence("stop dormouse-container@nginx.service", "stop dormouse-container@db.service");
    }

    @Test
    void aGroupIsPutToSleepTogether() {
        assertThat(run("enable", "one", "--container", "nginx", "--listen", "81", "--group", "pair"))
                .isZero();
        assertThat(run("enable", "two", "--container", "db", "--listen", "82", "--group", "pair"))
                .as(err.toString())
                .isZero();
        units.calls.clear();

        assertThat(run("sleep", "one")).isZero();

        assertThat(units.calls).contains("stop dormouse-container@nginx.service", "stop dormouse-container@db.service");
    }

    @Test
    void pauseKeepsClientsWaitingAndResumeServesThem() throws IOException {
        Path wake = folder.resolve("units/dormouse-proxy@db.service.d/wake.conf");
        assertThat(run("pause", "db")).as(err.toString()).isZero();
        assertThat(units.calls)
                .containsExactly(
                        "reload",
                        "enable dormouse-pause@db.service",
                        "start dormouse-pause@db.service",
                        "stop dormouse-proxy@db.service");
        assertThat(Files.readString(wake)).doesNotContain("dormouse-container@");

        units.calls.clear();
        units.states.put("dormouse-pause@db.service", "active");
        assertThat(run("status", "db")).isZero();
        assertThat(out.toString()).contains("paused");
        assertThat(run("wake", "db")).isEqualTo(1);
        assertThat(run("enable", "db", "--listen", "1")).isEqualTo(1);
        assertThat(err.toString()).contains("db is paused; dormouse resume db first");

        assertThat(run("resume", "db")).isZero();
        assertThat(units.calls)
                .containsExactly("reload", "disable dormouse-pause@db.service", "stop dormouse-pause@db.service");
        assertThat(Files.readString(wake)).contains("Wants=dormouse-container@db.service");
    }

    @Test
    void whatHasASocketOfItsOwnIsNotPausedButSleeps() {
        units.states.remove("dormouse-proxy@web.socket");

        assertThat(run("pause", "web")).isEqualTo(1);
        assertThat(err.toString()).contains("dormouse-proxy@web.socket does not listen, so there is nothing to pause");
        assertThat(units.calls).isEmpty();
        assertThat(run("sleep", "web")).isZero();
        assertThat(units.calls)
                .containsExactly("stop dormouse-proxy@web.service", "stop dormouse-container@nginx.service");
    }

    @Test
    void aPauseThatFailsLeavesEverythingAsItWas() throws IOException {
        String before = Files.readString(folder.resolve("services/db.json"));
        units.startFailure = Optional.of("Job for dormouse-pause@db.service failed.");

        assertThat(run("pause", "db")).isEqualTo(1);

        assertThat(err.toString()).contains("cannot pause db", "as it was before");
        assertThat(Files.readString(folder.resolve("services/db.json"))).isEqualTo(before);
        assertThat(units.calls).endsWith("stop dormouse-pause@db.service");
    }

    @Test
    void logsAreThoseOfTheUnits() {
        assertThat(run("logs", "web", "-f", "-n", "5")).isZero();
        assertThat(units.calls)
                .containsExactly("journal [dormouse-proxy@web.socket, dormouse-proxy@web.service,"
                        + " dormouse-container@nginx.service] true 5");

        assertThat(run("logs", "web", "-n", "-1")).isEqualTo(2);
        assertThat(err.toString()).contains("--lines: -1 is not a number from 0 to 1000000");
    }

    @Test
    void anUnknownServiceIsStatusThree() {
        for (String command : List.of("wake", "sleep", "pause", "resume", "logs", "status")) {
            assertThat(run(command, "nobody")).as(command).isEqualTo(3);
        }
        assertThat(err.toString()).contains("no service named nobody; dormouse list shows them");
        assertThat(units.calls).isEmpty();
    }

    private int run(String... arguments) {
        Host host = new Host(
                new Folders(folder.resolve("services"), folder.resolve("wake"), folder.resolve("run")),
                folder.resolve("units"),
                units,
                new ListenTrouble(new PortOwner(folder.resolve("proc"))),
                this::look,
                () -> true,
                () -> pauses++);
        CommandLine line = DormouseCommand.commandLine(host);
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private Optional<StatusDocument> look() {
        if (looks.isEmpty()) {
            return Optional.empty();
        }
        String state = looks.size() > 1 ? looks.remove() : looks.element();
        return state.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new StatusDocument(1, List.of(new StatusDocument.Service("web", state, 0, 0, List.of()))));
    }

    private void container(String name, int port) throws IOException {
        Files.createDirectories(folder.resolve("wake"));
        Files.writeString(folder.resolve("wake/" + name + ".json"), """
                {"schema": 1, "name": "%s", "container": "00", "address": "172.17.0.2", "ports": [%d],
                 "runtimeFolder": "/run/dormouse/containers/00", "healthcheck": false}
                """.formatted(name, port));
    }
}
