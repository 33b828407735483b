package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Networks by name: containers find each other, whoever stops, and whatever is killed while one comes to a network. */
@ExtendWith(LeavesNothing.class)
class NetworksIT {
    private static final Path STATE = Path.of("/var/lib/dormouse");
    private static final Path RUN = Path.of("/run/dormouse");

    @BeforeEach
    void twoServices() {
        BusyboxImage.load();
        Shell.docker("network", "create", "--ipv6", "--label", "com.docker.compose.network=default", "shop");
        Shell.docker("network", "create", "--internal", "--subnet", "10.123.45.0/24", "back");
        run("db", "--network", "shop", "--network-alias", "database", "--publish", "8041:80");
        run("web", "--network", "shop");
    }

    @AfterEach
    void nothing() {
        Shell.docker("rm", "--force", "db", "web");
        Shell.docker("network", "rm", "shop", "back");
        Await.until(
                "the resolver ends with the last container",
                () -> Shell.attempt("pgrep", "aardvark-dns").exit() != 0);
    }

    @Test
    void namesOutliveTheContainerThatCameFirstAndTheEngine() {
        assertThat(resolve("web", "db")).isEqualTo(address("db", "shop"));
        assertThat(resolve("web", "database")).isEqualTo(address("db", "shop"));
        assertThat(Shell.run("sh", "-c", "cat /proc/$(pgrep aardvark-dns)/cgroup"))
                .as("not in a container's unit")
                .doesNotContain("dormouse");
        Shell.docker("stop", "--time", "1", "db");
        assertThat(resolve("web", "web")).isEqualTo(address("web", "shop"));
        Shell.docker("start", "db");
        Shell.docker("network", "connect", "--alias", "front", "back", "db");
        Shell.docker("network", "connect", "--ip", "10.123.45.77", "back", "web");
        Shell.run("systemctl", "kill", "--signal=KILL", "dormouse.service");
        assertThat(resolve("db", "web")).isNotEmpty();
        assertThat(resolve("web", "front")).isEqualTo(address("db", "back"));
        assertThat(address("web", "back")).isEqualTo("10.123.45.77");
        assertThat(interfaces("web")).contains("eth0", "eth1");
        assertThat(Shell.docker("network", "inspect", "--format", "{{range .Containers}}{{.Name}} {{end}}", "shop"))
                .contains("db", "web");
        Shell.docker("network", "disconnect", "back", "web");
        assertThat(interfaces("web")).contains("eth0").doesNotContain("eth1");
    }

    /** The files are those of a network-change that was killed, and of an engine that was killed with it. */
    @Test
    void aConnectThatWasKilledIsFinishedByTheNextEngine() throws IOException {
        Path run = RUN.resolve("containers").resolve(id("web"));
        String one = Files.readString(run.resolve("netavark.json"));
        Shell.docker("network", "connect", "back", "web");
        String both = Files.readString(run.resolve("netavark.json"));
        Shell.run("systemctl", "stop", "dormouse.service");
        Path half = Files.writeString(run.resolve("network.change"), both + one);
        Files.writeString(run.resolve("netavark.json"), one);
        assertThat(Shell.docker("ps", "--format", "{{.Names}}").lines()).containsExactlyInAnyOrder("db", "web");
        Await.until(
                "it is finished",
                () -> Files.notExists(half) && interfaces("web").contains("eth1"));
        assertThat(Files.readString(run.resolve("netavark.json"))).isEqualTo(both);
        assertThat(resolve("web", "web")).isNotEmpty();
    }

    private static void run(String name, String... options) {
        String[] command = new String[options.length + 6];
        command[0] = "run";
        command[1] = "--detach";
        command[2] = "--name=" + name;
        System.arraycopy(options, 0, command, 3, options.length);
        command[options.length + 3] = "busybox";
        command[options.length + 4] = "sleep";
        command[options.length + 5] = "1000";
        Shell.docker(command);
    }

    private static String id(String name) {
        return Shell.docker("inspect", "--format", "{{.Id}}", name);
    }

    private static String address(String name, String network) {
        return Shell.docker("inspect", "--format", "{{.NetworkSettings.Networks." + network + ".IPAddress}}", name);
    }

    private static String interfaces(String name) {
        return Shell.run("nsenter", "--net=" + RUN.resolve("netns").resolve(id(name)), "ip", "-brief", "link");
    }

    /** The IPv4 address of a name, asked for from within a container's network, of the resolver that the container has. */
    private static String resolve(String container, String name) {
        String id = id(container);
        String script =
                "mount --bind " + STATE.resolve("containers").resolve(id).resolve("resolv.conf")
                        + " /etc/resolv.conf && getent ahostsv4 " + name + " | awk 'NR == 1 {print $1}'";
        String[] found = {""};
        // netavark returns before aardvark-dns has read of the network.
        Await.until(name + " is known to " + container, () -> {
            found[0] = Shell.attempt(
                            "nsenter",
                            "--net=" + RUN.resolve("netns").resolve(id),
                            "unshare",
                            "--mount",
                            "sh",
                            "-c",
                            script)
                    .output()
                    .strip();
            return !found[0].isEmpty();
        });
        return found[0];
    }
}
