package dev.dormouse.activator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.activator.config.Folders;
import dev.dormouse.units.service.ListenTrouble;
import dev.dormouse.units.service.PortOwner;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The commands for services whose containers are passed their sockets. */
class PassedCommandsTest {
    private static final String CONTAINER = "dormouse-container@web.service";
    private static final String SOCKET = "dormouse-proxy@web.socket";

    private final FakeUnits units = new FakeUnits();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @BeforeEach
    void service() throws IOException {
        Files.createDirectories(folder.resolve("wake"));
        for (String name : new String[] {"web", "other"}) {
            // On no network: nothing could connect to it from outside.
            Files.writeString(folder.resolve("wake/" + name + ".json"), """
                    {"schema": 1, "name": "%s", "container": "00", "ports": [], "runtimeFolder": "/run/x", "healthcheck": false}
                    """.formatted(name));
        }
        assertThat(run("enable", "web", "--listen", "80", "--pass"))
                .as(err.toString())
                .isZero();
    }

    @Test
    void enabledItListensAndTheContainerHasTheSockets() throws IOException {
        assertThat(out.toString().strip())
                .isEqualTo("enabled web: listening on 80, passed to the container when awake");
        assertThat(units.calls).containsSubsequence("reload", "enable " + SOCKET, "start " + SOCKET);
        assertThat(Files.readString(folder.resolve("units/" + CONTAINER + ".d/passed-web.conf")))
                .contains("Sockets=" + SOCKET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--idle=1m",
                "--port=80",
                "--freeze-after=1s",
                "--idle-cpu=5",
                "--idle-veto=true",
                "--keep-warm=08:00-18:00",
                "--min-awake=1s",
                "--ready=tcp",
                "--deadline=1s",
                "--queue-deadline=1s",
                "--unit-deadline=1s",
                "--connections-max=5",
                "--after=other",
                "--group=shop",
                "--allow-from=192.0.2.0/24",
                "--allow-sni=a.example",
                "--allow-host=a.example",
                "--allow-path=/a",
                "--min-bytes=1",
                "--waiting-page=1s",
                "--proxy-protocol=v2"
            })
    void whatNobodyCouldSeeToIsRefusedByName(String option) {
        assertThat(run("enable", "web", "--listen", "80", "--pass", option)).isEqualTo(2);

        assertThat(err.toString())
                .contains(option.substring(0, option.indexOf('=')) + " does not go with pass: the container has");
    }

    @ParameterizedTest
    @CsvSource({
        "active,   inactive,     inactive, dormant",
        "active,   activating,   inactive, waking",
        "active,   active,       inactive, awake",
        "active,   deactivating, inactive, falling asleep",
        "active,   failed,       inactive, failed",
        "active,   inactive,     active,   paused",
        "inactive, inactive,     inactive, off",
        "failed,   inactive,     inactive, failed"
    })
    void systemdAloneKnowsItsState(String socket, String container, String pause, String state) {
        state(SOCKET, socket);
        state(CONTAINER, container);
        state("dormouse-pause@web.service", pause);
        out.getBuffer().setLength(0);

        assertThat(run("status")).isZero();

        assertThat(out.toString().lines().skip(1))
                .singleElement()
                .asString()
                .matches("web +" + state + " +80 +" + container + " +- +-");
    }

    @Test
    void listAndJsonShowIt() {
        run("list");
        assertThat(out.toString()).containsPattern("web +web +80 +passed +- +- +- +- +enable");

        run("list", "--json");
        assertThat(out.toString()).contains("\"pass\" : true").doesNotContain("idle");

        run("status", "--json", "web");
        assertThat(out.toString()).contains("\"connections\" : null");
    }

    @Test
    void aContainerThatRunsCannotBeGivenSocketsAnyMore() throws IOException {
        state(CONTAINER, "active");
        String before = Files.readString(folder.resolve("services/web.json"));

        assertThat(run("enable", "web", "--listen", "81", "--pass")).isEqualTo(1);
        assertThat(run("enable", "web", "--listen", "81", "--port", "80", "--container", "other"))
                .as("its sockets are the container's still")
                .isEqualTo(1);

        assertThat(err.toString()).contains("container web runs, and gets sockets only when it starts; stop it first");
        assertThat(Files.readString(folder.resolve("services/web.json"))).isEqualTo(before);
    }

    @Test
    void allServicesOfAContainerArePassedOrNone() throws IOException {
        Files.writeString(folder.resolve("wake/web.json"), """
                {"schema": 1, "name": "web", "container": "00", "address": "172.17.0.2", "ports": [80],
                 "runtimeFolder": "/run/x", "healthcheck": false}
                """);
        assertThat(run("enable", "admin", "--container", "web", "--listen", "81"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("has the sockets of service web itself (--pass)");

        run("disable", "web");
        assertThat(run("enable", "admin", "--container", "web", "--listen", "81"))
                .isZero();
        assertThat(run("enable", "web", "--listen", "80", "--pass")).isEqualTo(1);
        assertThat(err.toString()).contains("container web is woken by service admin too");
    }

    @Test
    void theSocketsOfAllServicesOfAContainerCount() {
        assertThat(run("enable", "two", "--container", "web", "--pass", "--listen", "1", "--listen", "2"))
                .isZero();
        String[] four = {
            "enable",
            "three",
            "--container",
            "web",
            "--pass",
            "--listen",
            "3",
            "--listen",
            "4",
            "--listen",
            "5",
            "--listen",
            "6"
        };
        assertThat(run(four)).isEqualTo(1);
        assertThat(err.toString()).contains("container web would be passed 7 sockets: 6 are the most");
    }

    @Test
    void itIsNotWokenFirstForOthers() {
        assertThat(run("enable", "other", "--listen", "82", "--port", "80", "--after", "web"))
                .isEqualTo(1);
        assertThat(err.toString()).isNotEmpty();
    }

    @Test
    void wakeAndSleepAreStartAndStopOfTheContainer() {
        units.calls.clear();
        assertThat(run("wake", "web")).isZero();
        assertThat(run("sleep", "web")).isZero();

        assertThat(units.calls).containsExactly("start " + CONTAINER, "stop " + CONTAINER);
        assertThat(out.toString()).contains("web is awake", "web sleeps");
    }

    @Test
    void aPauseStopsWhoHasTheSockets() {
        state(SOCKET, "active");
        state(CONTAINER, "active");
        units.calls.clear();
        assertThat(run("pause", "web")).isZero();
        assertThat(units.calls)
                .containsExactly(
                        "enable dormouse-pause@web.service", "start dormouse-pause@web.service", "stop " + CONTAINER);

        units.calls.clear();
        assertThat(run("resume", "web")).isZero();
        assertThat(units.calls)
                .containsExactly("disable dormouse-pause@web.service", "stop dormouse-pause@web.service");
    }

    @Test
    void aPausedOneIsNotWoken() {
        state("dormouse-pause@web.service", "active");
        assertThat(run("wake", "web")).isEqualTo(1);
        assertThat(err.toString()).contains("service web is paused; dormouse resume web first");
    }

    @Test
    void disabledItLeavesNothingAndItsContainerIsStopped() {
        state(CONTAINER, "active");
        assertThat(run("disable", "web")).isZero();

        assertThat(units.calls).containsSubsequence("stop " + SOCKET, "stop " + CONTAINER);
        assertThat(folder.resolve("services/web.json")).doesNotExist();
        assertThat(folder.resolve("units/" + CONTAINER + ".d")).doesNotExist();
        assertThat(run("status", "web")).isEqualTo(3);
    }

    @Test
    void whatCannotListenLeavesWhatWasThere() throws IOException {
        String before = Files.readString(folder.resolve("services/web.json"));
        units.startFailure = Optional.of("no");
        units.journal.add("Failed to listen on sockets");

        assertThat(run("enable", "web", "--listen", "/run/other.sock", "--pass"))
                .isEqualTo(1);

        assertThat(err.toString()).contains("cannot enable web: Failed to listen on sockets; it is as it was before");
        assertThat(Files.readString(folder.resolve("services/web.json"))).isEqualTo(before);
    }

    @Test
    void aFieldThatDoesNothingIsAnError() throws IOException {
        Files.writeString(folder.resolve("services/web.json"), """
                {"schema": 1, "name": "web", "listen": ["80"], "pass": true, "idle": "10m"}
                """);
        assertThat(run("status", "web")).isEqualTo(1);
        assertThat(err.toString()).contains("web.json: idle does not go with pass");
    }

    @Test
    void logsAreThoseOfItsUnits() {
        units.calls.clear();
        assertThat(run("logs", "web")).isZero();
        assertThat(units.calls).singleElement().asString().contains(SOCKET, CONTAINER);
    }

    private void state(String unit, String state) {
        units.states.put(unit, state);
    }

    private int run(String... arguments) {
        Host host = new Host(
                new Folders(folder.resolve("services"), folder.resolve("wake"), folder.resolve("run")),
                folder.resolve("units"),
                units,
                new ListenTrouble(new PortOwner(folder.resolve("proc"))),
                Optional::empty,
                () -> true,
                () -> {});
        CommandLine line = DormouseCommand.commandLine(host);
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
