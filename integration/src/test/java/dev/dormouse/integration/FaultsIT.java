package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the engine stands on fails: it is said, nothing stays, and once it works again so does the engine. */
@ExtendWith(LeavesNothing.class)
class FaultsIT {
    @BeforeEach
    void image() {
        BusyboxImage.load();
    }

    @Test
    void aHungCrunIsBoundedAndSaidAndTheContainerCanBeRemoved() throws IOException {
        create("hung");
        Path dropIn = Path.of("/run/systemd/system/dormouse-container@hung.service.d/soon.conf");
        Files.createDirectories(dropIn.getParent());
        // The minute that the unit has would do; nobody wants to wait for it.
        Files.writeString(dropIn, "[Service]\nTimeoutStartSec=3s\n");
        Shell.run("systemctl", "daemon-reload");
        try (InTheWay _ = InTheWay.of("crun", "case \" $* \" in *' --version '*) ;; *) exec sleep 1000 ;; esac")) {
            Shell.Result start = Shell.attempt("docker", "start", "hung");
            assertThat(start.exit()).isNotZero();
            assertThat(start.output()).contains("cannot start container hung").contains("crun hangs");
            assertThat(Shell.inspect("hung", "{{.State.Status}} {{.State.ExitCode}}"))
                    .isIn("created 128", "exited 128");
            Shell.run("docker", "stop", "hung");
        } finally {
            Files.delete(dropIn);
            Files.delete(dropIn.getParent());
            Shell.run("systemctl", "daemon-reload");
        }
        worksAgain("hung");
    }

    @Test
    void aFailingNetavarkFailsTheStartWithItsOwnWords() throws IOException {
        create("netless");
        try (InTheWay _ = InTheWay.of("netavark", """
                case " $* " in *' setup '*) echo '{"error":"the bridge has collapsed"}'; exit 1 ;; esac""")) {
            Shell.Result start = Shell.attempt("docker", "start", "netless");
            assertThat(start.exit()).isNotZero();
            assertThat(start.output())
                    .contains("netavark cannot set up the network of container netless: the bridge has collapsed");
            assertThat(Shell.inspect("netless", "{{.State.Error}}")).contains("the bridge has collapsed");
            assertThat(Traces.now()).noneMatch(trace -> trace.startsWith("namespace") || trace.startsWith("veth"));
        }
        worksAgain("netless");
    }

    @Test
    void aBusThatIsRestartedDuringAStartAndAStopLosesNeither() throws IOException {
        create("bused");
        Shell.run("docker", "version");
        // By systemd's private socket; the engine is waiting on the bus for the end of just this job.
        try (InTheWay _ = InTheWay.of("crun", """
                case " $* " in *' start '* | *' delete '*) systemctl restart dbus.service ;; esac""")) {
            Shell.run("docker", "start", "bused");
            assertThat(Shell.inspect("bused", "{{.State.Status}}")).isEqualTo("running");
            Shell.run("docker", "stop", "--time", "0", "bused");
            assertThat(Shell.inspect("bused", "{{.State.Status}} {{.State.ExitCode}}"))
                    .isEqualTo("exited 137");
        }
        worksAgain("bused");
    }

    @Test
    void aKilledConmonEndsItsContainerTruthfullyAndTheNextConnectionWakesIt() throws Exception {
        Shell.run(
                "docker",
                "create",
                "--name",
                "watched",
                "--expose",
                "80",
                "busybox",
                "sh",
                "-c",
                "echo served >/tmp/index.html; exec httpd -f -p 80 -h /tmp");
        Shell.run("dormouse", "enable", "watched", "--listen", "8072", "--idle", "10m");
        try (NginxService watched = new NginxService("watched", 8072)) {
            assertThat(watched.get().send().body()).contains("served");
            Shell.run("kill", "-KILL", watched.container().property("MainPID"));
            watched.container().awaitInactiveOrFailed();
            assertThat(Shell.inspect("watched", "{{.State.Status}} {{.State.ExitCode}}"))
                    .isEqualTo("exited 137");
            Await.until("it is woken again", () -> isServed(watched));
        }
    }

    @Test
    void aFullDiskIsSaidAndLosesNothing() throws IOException {
        Path containers = Path.of("/var/lib/dormouse/containers");
        Shell.run("systemctl", "stop", "dormouse.service");
        Shell.run("mount", "-t", "tmpfs", "-o", "size=1m,mode=0700", "tmpfs", containers.toString());
        try {
            create("early");
            Shell.attempt("dd", "if=/dev/zero", "of=" + containers.resolve("lost+found"), "bs=4k");
            Shell.Result late = Shell.attempt("docker", "create", "--name", "late", "busybox", "sleep", "1000");
            assertThat(late.exit()).isNotZero();
            assertThat(late.output()).contains("No space left on device");
            Shell.Result start = Shell.attempt("docker", "start", "early");
            assertThat(Shell.inspect("early", "{{.State.Running}}")).isEqualTo(Boolean.toString(start.exit() == 0));
            Shell.run("systemctl", "kill", "--signal=KILL", "dormouse.service");
            assertThat(Shell.run("docker", "ps", "--all", "--format", "{{.Names}}"))
                    .isEqualTo("early");
            Files.delete(containers.resolve("lost+found"));
            worksAgain("early");
            create("late");
            worksAgain("late");
        } finally {
            Shell.attempt("docker", "rm", "--force", "early", "late");
            Shell.run("systemctl", "stop", "dormouse.service");
            Shell.run("umount", containers.toString());
        }
    }

    @Test
    void anEngineWithoutDescriptorsServesAgainWhenItHasSome() throws IOException {
        List<SocketChannel> clients = new ArrayList<>();
        try (EngineOptions _ = EngineOptions.of("", "LimitNOFILE=200")) {
            Shell.run("docker", "version");
            String pid = SystemUnit.ENGINE.property("MainPID");
            UnixDomainSocketAddress api = UnixDomainSocketAddress.of("/run/dormouse/docker.sock");
            for (int i = 0; i < 250; i++) {
                SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX);
                clients.add(client);
                client.configureBlocking(false);
                client.connect(api);
            }
            Shell.attempt("timeout", "2", "docker", "version");
            for (SocketChannel client : clients) {
                client.close();
            }
            Await.until(
                    "it serves again", () -> Shell.attempt("docker", "version").exit() == 0);
            create("after");
            worksAgain("after");
            assertThat(SystemUnit.ENGINE.property("MainPID"))
                    .as("the same engine")
                    .isEqualTo(pid);
        } finally {
            for (SocketChannel client : clients) {
                client.close();
            }
        }
    }

    private static void create(String name) {
        Shell.run("docker", "create", "--stop-timeout", "0", "--name", name, "busybox", "sleep", "1000");
    }

    private static void worksAgain(String name) {
        Shell.attempt("docker", "start", name);
        assertThat(Shell.inspect(name, "{{.State.Status}}")).isEqualTo("running");
        Shell.run("docker", "rm", "--force", name);
    }

    private static boolean isServed(NginxService service) {
        try {
            return service.get().send().body().contains("served");
        } catch (IOException _) {
            return false;
        }
    }
}
