package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The engine dies by SIGKILL; things happen while it is away; the next one is right. */
@ExtendWith(LeavesNothing.class)
class RestoreIT {
    private static final Path STATE = Path.of("/var/lib/dormouse");
    private static final Path RUN = Path.of("/run/dormouse");
    private static final String SERVE = "echo published >/tmp/index.html; exec httpd -f -p 80 -h /tmp";

    @BeforeEach
    void image() {
        BusyboxImage.load();
    }

    @Test
    void whatHappenedWhileItWasAwayIsKnown() {
        run("runs", "sleep", "1000");
        run("ends", "sh", "-c", "while [ ! -e /tmp/end ]; do sleep 0.1; done; exit 7");
        run("freezes", "sleep", "1000");
        Shell.docker("create", "--name", "waits", "busybox", "true");
        whileTheEngineIsAway(() -> {
            Shell.run("systemctl", "freeze", SystemUnit.container("freezes").name());
            Shell.run("touch", STATE.resolve("names/ends/merged/tmp/end").toString());
            SystemUnit.container("ends").awaitInactiveOrFailed();
        });
        String ended = Shell.run(
                "sed", "-n", "s/^FINISHED=//p", STATE.resolve("names/ends/exit").toString());
        assertThat(Shell.docker("ps", "--all", "--format", "{{.Names}} {{.State}}")
                        .lines())
                .containsExactlyInAnyOrder("runs running", "ends exited", "freezes paused", "waits created");
        assertThat(Shell.inspect("ends", "{{.State.ExitCode}}")).isEqualTo("7");
        assertThat(Shell.run("date", "--date=" + Shell.inspect("ends", "{{.State.FinishedAt}}"), "+%s%N"))
                .isEqualTo(ended);
        assertThat(Shell.docker("ps", "--format", "{{.Names}} {{.Status}}")).contains("(Paused)");
        Shell.run("systemctl", "thaw", SystemUnit.container("freezes").name());
        assertThat(Shell.inspect("freezes", "{{.State.Status}}")).isEqualTo("running");
        assertThat(Shell.docker("info", "--format", "{{json .DriverStatus}}")).contains("running");
        assertThat(SystemUnit.ENGINE.property("StatusText")).isEqualTo("running");
        assertThat(Shell.docker(
                        "events",
                        "--since",
                        "10m",
                        "--until",
                        "0s",
                        "--filter",
                        "type=daemon",
                        "--format",
                        "{{.Action}}"))
                .contains("restore");
        remove("runs", "ends", "freezes", "waits");
    }

    @Test
    void whatIsMissingIsMadeAgainAndWhatCannotGoOnIsEnded() throws IOException {
        run("lacks", "--publish", "8031:80", "busybox", "sh", "-c", SERVE);
        run("unwatched", "sleep", "1000");
        Path lacks = folder("lacks");
        Path namespace = RUN.resolve("netns").resolve(lacks.getFileName());
        whileTheEngineIsAway(() -> {
            Shell.run("rm", lacks.resolve("bundle/config.json").toString());
            Shell.run("umount", "--lazy", namespace.toString());
            Shell.run("kill", "-KILL", SystemUnit.container("unwatched").property("MainPID"));
            SystemUnit.container("unwatched").awaitInactiveOrFailed();
        });
        assertThat(Shell.inspect("lacks", "{{.State.Status}}")).isEqualTo("running");
        assertThat(Shell.inspect("unwatched", "{{.State.Status}} {{.State.ExitCode}}"))
                .isEqualTo("exited 137");
        assertThat(lacks.resolve("bundle/config.json")).exists();
        assertThat(Shell.run("nsenter", "--net=" + namespace, "cat", "/proc/net/dev"))
                .contains("eth0");
        remove("lacks", "unwatched");
    }

    @Test
    void theBrokenAreListedLeftAloneAndRemovable() throws IOException {
        run("broken", "sleep", "1000");
        run("well", "sleep", "1000");
        Shell.docker("create", "--name", "torn", "busybox", "true");
        Path broken = folder("broken").resolve("config.json");
        Path torn = folder("torn").resolve("config.json");
        Path foreign = STATE.resolve("containers/backup");
        String half = Files.readString(torn).substring(0, 200);
        whileTheEngineIsAway(() -> {
            Shell.run("sh", "-c", "rm $0 && mkdir $0", broken.toString());
            Shell.run("truncate", "--size=200", torn.toString());
            Shell.run("mkdir", foreign.toString());
        });
        assertThat(Shell.docker("ps", "--all", "--format", "{{.Names}} {{.State}} {{.Status}}")
                        .lines())
                .hasSize(4)
                .contains("torn dead Dead")
                .anyMatch(line -> line.startsWith("broken running Up"))
                .anyMatch(line -> line.startsWith("well running Up"));
        assertThat(Shell.inspect("torn", "{{.State.Dead}} {{.State.Error}}"))
                .startsWith("true its record " + torn)
                .contains("cut short");
        assertThat(Files.readString(torn)).isEqualTo(half);
        assertThat(Shell.attempt("docker", "start", "torn").output()).contains("quarantined");
        Shell.docker("rm", "torn");
        Shell.docker("rm", "--force", "broken");
        assertThat(SystemUnit.container("broken").isActive()).isFalse();
        Shell.docker("rm", "--force", Shell.docker("ps", "--all", "--quiet", "--filter", "status=dead"));
        assertThat(foreign).doesNotExist();
        remove("well");
    }

    @Test
    void whatHasNoRecordIsTornDown() throws IOException {
        run("orphan", "--publish", "8032:80", "busybox", "sh", "-c", SERVE);
        run("other", "sleep", "1000");
        Path orphan = folder("orphan");
        whileTheEngineIsAway(() -> {
            Shell.run("umount", "--lazy", orphan.resolve("merged").toString());
            Shell.run("rm", "-r", orphan.toString());
        });
        assertThat(Shell.docker("ps", "--all", "--format", "{{.Names}}")).isEqualTo("other");
        assertThat(SystemUnit.container("orphan").isActive()).isFalse();
        assertThat(RUN.resolve("containers").resolve(orphan.getFileName())).doesNotExist();
        assertThat(SystemUnit.container("other").isActive()).isTrue();
        remove("other");
    }

    @Test
    void aFlushedFirewallIsMadeAgainAndATakenPortCostsThatMappingAlone() throws Exception {
        run("web", "--publish", "8033:80", "--publish", "127.0.0.1:8034:80", "busybox", "sh", "-c", SERVE);
        Shell.run("waitport", "--http", "/", "127.0.0.1", "8033");
        try (ServerSocket taker = new ServerSocket()) {
            whileTheEngineIsAway(RestoreIT::flush);
            taker.bind(new java.net.InetSocketAddress(InetAddress.getByName("0.0.0.0"), 8033));
            Shell.docker("ps");
            Await.until("the other mapping works again", () -> isServed(8034));
            Await.until(
                    "the lost one is said",
                    () -> Shell.inspect("web", "{{.State.Error}}")
                            .contains("host port 8033/tcp (for 80/tcp) is taken by another process"));
            assertThat(Shell.inspect("web", "{{.State.Status}}")).isEqualTo("running");
        }
        Await.until("the lost one is back, once it can be", () -> isServed(8033));
        Await.until(
                "it is said that it is back",
                () -> Shell.docker(
                                "events",
                                "--since",
                                "10m",
                                "--until",
                                "0s",
                                "--filter",
                                "container=web",
                                "--format",
                                "{{.Action}}")
                        .lines()
                        .toList()
                        .containsAll(List.of("ports-lost", "ports-restored")));
        assertThat(Shell.inspect("web", "{{.State.Error}}")).isEmpty();
        flush();
        assertThat(isServed(8033)).isFalse();
        Await.until("a running engine sees it too", () -> isServed(8033) && isServed(8034));
        remove("web");
    }

    private static void flush() {
        Shell.attempt("nft", "flush", "ruleset");
        Shell.attempt("iptables", "--table", "nat", "--flush");
    }

    private static boolean isServed(int port) {
        try {
            return new HttpGet("127.0.0.1", port).send().body().startsWith("published");
        } catch (IOException e) {
            return false;
        }
    }

    /** Kills the engine and keeps it down meanwhile; the next call of a client starts another. */
    private static void whileTheEngineIsAway(Runnable action) {
        String pid = SystemUnit.ENGINE.property("MainPID");
        assertThat(pid).isNotEqualTo("0");
        Shell.run("kill", "-KILL", pid);
        SystemUnit.ENGINE.stop();
        Shell.attempt("systemctl", "reset-failed", SystemUnit.ENGINE.name());
        action.run();
    }

    private static Path folder(String name) throws IOException {
        return STATE.resolve("names").resolve(name).toRealPath();
    }

    /** With options, image and command, or the busybox image's command alone. */
    private static void run(String name, String... arguments) {
        List<String> all = new ArrayList<>(List.of("run", "--detach", "--stop-timeout", "0", "--name", name));
        if (!arguments[0].startsWith("--")) {
            all.add("busybox");
        }
        all.addAll(List.of(arguments));
        Shell.docker(all.toArray(String[]::new));
    }

    private static void remove(String... names) {
        for (String name : names) {
            Shell.docker("rm", "--force", name);
        }
    }
}
