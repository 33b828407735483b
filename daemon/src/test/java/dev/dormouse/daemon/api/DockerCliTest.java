package dev.dormouse.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.daemon.log.LogEntry;
import dev.dormouse.daemon.registry.Platform;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every verb of the real docker command (28.2) against the real server. */
@Timeout(60)
class DockerCliTest {
    private ApiFixture api;
    private DockerCli docker;

    @BeforeEach
    void start() throws Exception {
        api = ApiFixture.start();
        docker = new DockerCli(api.socket);
    }

    @AfterEach
    void stop() throws Exception {
        api.close();
    }

    @Test
    void versionAndInfoTellTheTruth() throws Exception {
        assertThat(docker.ok(
                        "version",
                        "--format",
                        "{{.Server.APIVersion}} {{.Server.MinAPIVersion}} {{.Client.APIVersion}}"))
                // The client's own version or ours, whichever is older: Debian 13's client speaks 1.45.
                .matches("1\\.47 1\\.44 1\\.4[4-7]");
        docker.ok("create", "--name", "a", "nginx");
        assertThat(docker.ok("info", "--format", "{{.Containers}} {{.ContainersRunning}} {{.Images}} {{.Driver}}"))
                .isEqualTo("1 0 1 overlay");
        assertThat(docker.ok("info")).contains("Phase: running");
    }

    @Test
    void createSendsEveryOptionToTheEngine() throws Exception {
        docker.ok(
                "create",
                "--name",
                "web",
                "-p",
                "127.0.0.1:8080:80",
                "-p",
                "9000-9001:9000-9001/udp",
                "-v",
                "/a:/b:ro",
                "--mount",
                "type=bind,source=/x,target=/y",
                "--tmpfs",
                "/t:size=1m",
                "--network",
                "bridge",
                "--memory",
                "64m",
                "--cpus",
                "1.5",
                "--pids-limit",
                "100",
                "--read-only",
                "--cap-add",
                "NET_ADMIN",
                "--cap-drop",
                "all",
                "--add-host",
                "a:1.2.3.4",
                "--dns",
                "1.1.1.1",
                "--stop-signal",
                "QUIT",
                "--stop-timeout",
                "3",
                "--label",
                "a=b",
                "-e",
                "A=b",
                "-u",
                "1:1",
                "-w",
                "/w",
                "--entrypoint",
                "sh",
                "--hostname",
                "h",
                "--health-cmd",
                "true",
                "--health-interval",
                "5s",
                "--log-driver",
                "json-file",
                "nginx",
                "-c",
                "x");

        assertThat(docker.ok(
                        "inspect",
                        "--format",
                        "{{.Name}} {{.Path}} {{.Args}} {{.State.Status}} {{.Config.User}} {{.Config.Env}} {{.Config.WorkingDir}}"
                                + " {{.Config.Labels.a}} {{.Config.StopSignal}} {{.Config.StopTimeout}} {{.Config.Hostname}}"
                                + " {{.Config.Healthcheck.Interval}}",
                        "web"))
                .isEqualTo("/web sh [-c x] created 1:1 [A=b] /w b QUIT 3 h 5s");
        assertThat(docker.ok(
                        "inspect",
                        "--format",
                        "{{.HostConfig.Binds}} {{.HostConfig.PortBindings}} {{.HostConfig.Tmpfs}} {{.HostConfig.Memory}}"
                                + " {{.HostConfig.NanoCpus}} {{.HostConfig.PidsLimit}} {{.HostConfig.ReadonlyRootfs}}"
                                + " {{.HostConfig.CapAdd}} {{.HostConfig.CapDrop}} {{.HostConfig.ExtraHosts}} {{.HostConfig.Dns}}"
                                + " {{.HostConfig.NetworkMode}}",
                        "web"))
                .isEqualTo(
                        "[/a:/b:ro /x:/y] map[80/tcp:[map[HostIp:127.0.0.1 HostPort:8080]] 9000/udp:[map[HostIp: HostPort:9000]] 9001/udp:[map[HostIp: HostPort:9001]]]"
                                + " map[/t:size=1m] 67108864 1500000000 100 true [NET_ADMIN] [ALL] [a:1.2.3.4] [1.1.1.1] bridge");
    }

    @Test
    void networksHostNoneAndDefaultAreTaken() throws Exception {
        for (String network : new String[] {"host", "none", "default"}) {
            docker.ok("create", "--name", "on-" + network, "--network", network, "nginx");
        }
        assertThat(docker.ok("inspect", "--format", "{{.HostConfig.NetworkMode}}", "on-host", "on-none", "on-default"))
                .isEqualTo("host\nnone\nbridge");
    }

    @Test
    void whatTheEngineHasNotIsRefusedByName() throws Exception {
        String[][] refused = {
            {"--privileged", "HostConfig.Privileged"},
            {"-t", "Tty"},
            {"-i", "OpenStdin"},
            {"--pid=host", "HostConfig.PidMode"},
            {"--device=/dev/null", "HostConfig.Devices"},
            {"--volume=named:/x", "HostConfig.Binds"},
            {"--volume=/anonymous", "Volumes"},
            {"--group-add=2", "HostConfig.GroupAdd"},
            {"--network=mine", "network mine"},
            {"--log-driver=syslog", "HostConfig.LogConfig.Type"},
            {"--log-opt=max-size=1m", "HostConfig.LogConfig.Config"},
            {"--ulimit=nofile=10", "HostConfig.Ulimits"},
            {"--sysctl=net.core.somaxconn=1", "HostConfig.Sysctls"},
            {"--init", "HostConfig.Init"},
            {"--publish-all", "HostConfig.PublishAllPorts"},
            {"--ip=172.17.0.9", "user specified IP address is supported on user defined networks only"},
            {"--network=container:x", "network container:x"},
            {"--memory=1m", "HostConfig.Memory"},
            {"--cap-add=NOPE", "HostConfig.CapAdd"},
            {"--security-opt=label=user:x", "HostConfig.SecurityOpt"},
        };
        for (String[] option : refused) {
            DockerCli.Result result = docker.run("create", option[0], "nginx");
            assertThat(result.exit()).as(option[0]).isNotZero();
            assertThat(result.err()).as(option[0]).contains(option[1]);
        }
        assertThat(docker.ok("ps", "--all", "--quiet")).isEmpty();
    }

    @Test
    void runPrintsBothStreamsAndEndsWithTheExitCode() throws Exception {
        DockerCli.Running run = docker.start("run", "--rm", "--name", "job", "nginx");
        api.containers.awaitFollowers(1);
        api.containers.write("job", LogEntry.Stream.STDOUT, "out\n".getBytes(StandardCharsets.UTF_8));
        api.containers.write("job", LogEntry.Stream.STDERR, "err\n".getBytes(StandardCharsets.UTF_8));
        api.containers.exit("job", 7);

        assertThat(run.result()).isEqualTo(new DockerCli.Result(7, "out\n", "err\n"));
        assertThat(api.containers.list()).isEmpty();
    }

    @Test
    void startAttachedWaitsForTheEnd() throws Exception {
        docker.ok("create", "--name", "job", "nginx");
        DockerCli.Running start = docker.start("start", "--attach", "job");
        api.containers.awaitFollowers(1);
        byte[] much = new byte[3_000_000];
        Arrays.fill(much, (byte) 'x');
        api.containers.write("job", LogEntry.Stream.STDOUT, much);
        api.containers.exit("job", 3);

        DockerCli.Result result = start.result();
        assertThat(result.err()).isEmpty();
        assertThat(result.exit()).isEqualTo(3);
        assertThat(result.out()).hasSize(much.length);
        assertThat(api.containers.calls).containsExactly("attach", "wait NEXT_EXIT");
    }

    @Test
    void theLifeOfAContainer() throws Exception {
        docker.ok("create", "--name", "web", "-p", "8080:80", "--label", "tier=front", "nginx");
        assertThat(docker.ok("start", "web")).isEqualTo("web");
        assertThat(docker.ok("start", "web")).isEqualTo("web");
        assertThat(docker.ok("ps", "--format", "{{.Names}} {{.Image}} {{.Command}} {{.Status}} {{.Ports}} {{.Labels}}"))
                .matches("web nginx \"\" (Up .*) 0\\.0\\.0\\.0:8080->80/tcp tier=front");
        assertThat(docker.ok(
                        "inspect",
                        "--format",
                        "{{.State.Running}} {{.State.Pid}} {{.NetworkSettings.IPAddress}} {{.NetworkSettings.Networks.bridge.Gateway}}"
                                + " {{(index (index .NetworkSettings.Ports \"80/tcp\") 0).HostPort}}",
                        "web"))
                .isEqualTo("true 4711 172.17.0.2 172.17.0.1 8080");
        assertThat(docker.ok("port", "web")).isEqualTo("80/tcp -> 0.0.0.0:8080");
        docker.ok("restart", "--time", "2", "web");
        docker.ok("stop", "--time", "3", "--signal", "INT", "web");
        assertThat(api.containers.calls).containsExactly("stop 2 -", "stop 3 INT");
        assertThat(docker.ok("ps", "--all", "--format", "{{.Status}}")).matches("Exited \\(0\\) .* ago");
        assertThat(docker.ok("wait", "web")).isEqualTo("0");
        docker.ok("start", "web");
        assertThat(docker.run("rm", "web").err()).contains("container is running");
        docker.ok("kill", "--signal", "USR1", "web");
        docker.ok("rename", "web", "www");
        docker.ok("rm", "--force", "--volumes", "www");
        assertThat(docker.run("inspect", "www").err()).contains("No such object: www");
        assertThat(docker.run("start", "www").err()).contains("No such container: www");
    }

    @Test
    void filtersOfTheList() throws Exception {
        docker.ok("create", "--name", "nginx", "--label", "tier=front", "nginx");
        docker.ok("create", "--name", "nginx2", "--network", "host", "nginx");
        docker.ok("start", "nginx2");
        String[][] expected = {
            {"name=^/nginx$", "nginx"},
            {"name=nginx", "nginx2\nnginx"},
            {"label=tier", "nginx"},
            {"label=tier=back", ""},
            {"status=running", "nginx2"},
            {"status=created", "nginx"},
            {"ancestor=nginx:latest", "nginx2\nnginx"},
            {"ancestor=none", ""},
            {"network=host", "nginx2"},
            {"before=nginx2", "nginx"},
            {"since=nginx", "nginx2"},
        };
        for (String[] filter : expected) {
            assertThat(docker.ok("ps", "--all", "--filter", filter[0], "--format", "{{.Names}}"))
                    .as(filter[0])
                    .isEqualTo(filter[1]);
        }
        assertThat(docker.ok("ps", "--last", "1", "--format", "{{.Names}}")).isEqualTo("nginx2");
        assertThat(docker.run("ps", "--filter", "status=asleep").err()).contains("must be one of");
        assertThat(docker.run("ps", "--filter", "is-task=true").err()).contains("invalid filter");
    }

    @Test
    void logsOfBothStreams() throws Exception {
        docker.ok("create", "--name", "web", "nginx");
        docker.ok("start", "web");
        api.containers.write("web", LogEntry.Stream.STDOUT, "one\n".getBytes(StandardCharsets.UTF_8));
        api.containers.write("web", LogEntry.Stream.STDERR, "two\n".getBytes(StandardCharsets.UTF_8));

        assertThat(docker.run("logs", "web")).isEqualTo(new DockerCli.Result(0, "one\n", "two\n"));
        assertThat(docker.run("logs", "--tail", "1", "--timestamps", "web"))
                .isEqualTo(new DockerCli.Result(0, "", "2026-01-02T03:04:05.600000000Z two\n"));
        DockerCli.Running follow = docker.start("logs", "--follow", "web");
        api.containers.awaitFollowers(1);
        api.containers.write("web", LogEntry.Stream.STDOUT, "three\n".getBytes(StandardCharsets.UTF_8));
        api.containers.exit("web", 0);
        assertThat(follow.result()).isEqualTo(new DockerCli.Result(0, "one\nthree\n", "two\n"));
    }

    @Test
    void aFollowerThatLeavesIsLetGo() throws Exception {
        docker.ok("create", "--name", "web", "nginx");
        docker.ok("start", "web");
        for (String[] command : new String[][] {{"logs", "--follow", "web"}, {"attach", "--no-stdin", "web"}}) {
            DockerCli.Running follow = docker.start(command);
            api.containers.awaitFollowers(1);
            follow.process().destroyForcibly().waitFor();
            api.containers.awaitFollowers(0);
        }
        DockerCli.Running events = docker.start("events");
        api.events.awaitFollowers(1);
        events.process().destroyForcibly().waitFor();
        api.events.awaitFollowers(0);
    }

    @Test
    void eventsPastAndPresent() throws Exception {
        docker.ok("create", "--name", "web", "nginx");
        DockerCli.Running events = docker.start(
                "events",
                "--since",
                "1m",
                "--until",
                "-3s",
                "--filter",
                "container=web",
                "--filter",
                "event=create",
                "--filter",
                "event=start",
                "--format",
                "{{.Type}} {{.Action}} {{.Actor.Attributes.name}}");
        api.events.awaitFollowers(1);
        docker.ok("start", "web");
        docker.ok("stop", "web");
        assertThat(events.result().out()).isEqualTo("container create web\ncontainer start web\n");
    }

    @Test
    void images(@TempDir Path folder) throws Exception {
        Path tar = folder.resolve("image.tar");
        Files.write(tar, new byte[5_000_000]);
        assertThat(docker.ok("import", "--change", "CMD [\"a\"]", "--message", "hm", tar.toString(), "mine:1"))
                .startsWith("sha256:bbb");
        assertThat(api.images.changes).containsExactly("CMD [\"a\"]");
        assertThat(docker.ok("load", "--input", tar.toString())).isEqualTo("Loaded image: team/app:1.0");
        assertThat(docker.ok("images", "--format", "{{.Repository}}:{{.Tag}} {{.Size}}")
                        .lines())
                .containsExactlyInAnyOrder("nginx:latest 100B", "mine:1 5MB", "team/app:1.0 5MB");
        assertThat(docker.ok("images", "--quiet", "--filter", "reference=team/*")
                        .lines())
                .hasSize(1);
        docker.ok("tag", "team/app:1.0", "localhost:5000/team/app:2.0");
        assertThat(docker.ok(
                        "image", "inspect", "--format", "{{.RepoTags}} {{.Os}} {{.Config.StopSignal}}", "team/app:1.0"))
                .isEqualTo("[localhost:5000/team/app:2.0 team/app:1.0] linux SIGQUIT");
        assertThat(docker.ok("rmi", "localhost:5000/team/app:2.0")).contains("Untagged: localhost:5000/team/app:2.0");
        assertThat(docker.run("rmi", "none").err()).contains("No such image: none:latest");
        assertThat(docker.run("tag", "nginx", "Upper").err()).contains("must be lowercase");
    }

    @Test
    void pulls() throws Exception {
        assertThat(docker.ok("pull", "--platform", "linux/arm64", "pulled").lines())
                .containsExactly(
                        "Using default tag: latest",
                        "latest: Pulling from library/pulled",
                        "aaaaaaaaaaaa: Pulling fs layer",
                        "aaaaaaaaaaaa: Pull complete",
                        "Status: Downloaded newer image for pulled",
                        "docker.io/library/pulled:latest");
        assertThat(api.images.pulls).hasSize(1);
        assertThat(api.images.pulls.getFirst().tag()).isEqualTo("latest");
        assertThat(api.images.pulls.getFirst().platform()).contains(new Platform("linux", "arm64", ""));
        DockerCli.Result broken = docker.run("pull", "broken");
        assertThat(broken.out()).contains("aaaaaaaaaaaa: Pulling fs layer");
        assertThat(broken.err()).contains("the layer is damaged");
        assertThat(broken.exit()).isNotZero();
        assertThat(docker.run("pull", "absent").err())
                .contains("Error response from daemon: pull access denied for absent");
        assertThat(docker.run("create", "absent").err()).contains("pull access denied for absent");
    }

    @Test
    void createPullsWhatIsNotThere() throws Exception {
        assertThat(docker.ok("create", "--name", "new", "pulled")
                        .lines()
                        .toList()
                        .getLast())
                .hasSize(64);
        assertThat(api.images.pulls).hasSize(1);
        assertThat(docker.ok("create", "--platform", "linux/amd64", "--name", "same", "pulled"))
                .hasSize(64);
        assertThat(api.images.pulls).as("it is of that platform").hasSize(1);
        assertThat(docker.run("create", "--platform", "linux/arm64", "--name", "other", "pulled")
                        .err())
                .contains("does not match the specified platform (linux/arm64/v8)");
        assertThat(api.images.pulls).as("the client has tried to get another").hasSize(2);
    }

    @Test
    void networksAndVolumes() throws Exception {
        assertThat(docker.ok("network", "ls", "--format", "{{.Name}} {{.Driver}}")
                        .lines())
                .containsExactly("bridge bridge", "host host", "none null");
        assertThat(docker.ok("network", "inspect", "--format", "{{.Name}}", "bridge"))
                .isEqualTo("bridge");
        assertThat(docker.ok("volume", "ls", "--quiet")).isEmpty();
    }

    @Test
    void theLifeOfANetwork() throws Exception {
        String id = docker.ok("network", "create", "--ipv6", "--label", "a=b", "--subnet", "10.9.0.0/24", "shop");
        assertThat(id).matches("[0-9a-f]{64}");
        docker.ok(
                "create", "--name", "web", "--network", "shop", "--network-alias", "www", "--ip", "10.9.0.7", "nginx");
        docker.ok("start", "web");
        assertThat(docker.ok(
                        "inspect",
                        "--format",
                        "{{with .NetworkSettings.Networks.shop}}{{.IPAddress}} {{.Gateway}} {{.Aliases}} {{.IPAMConfig.IPv4Address}}"
                                + " {{.NetworkID}}{{end}}",
                        "web"))
                .isEqualTo("10.9.0.7 10.9.0.1 [www] 10.9.0.7 " + id);
        assertThat(docker.ok(
                        "network",
                        "inspect",
                        "--format",
                        "{{.EnableIPv6}} {{(index .IPAM.Config 0).Subnet}} {{range .Containers}}{{.Name}} {{.IPv4Address}}{{end}}",
                        id.substring(0, 6)))
                .isEqualTo("true 10.9.0.0/24 web 10.9.0.7/24");
        assertThat(docker.ok("ps", "--quiet", "--filter", "network=shop")).isNotEmpty();
        assertThat(docker.ok("ps", "--quiet", "--filter", "network=bridge")).isEmpty();
        docker.ok("network", "create", "back");
        docker.ok("network", "connect", "--alias", "front", "back", "web");
        assertThat(docker.ok(
                        "inspect",
                        "--format",
                        "{{range $name, $_ := .NetworkSettings.Networks}}{{$name}} {{end}}",
                        "web"))
                .isEqualTo("back shop");
        assertThat(docker.run("network", "rm", "back").err()).contains("has active endpoints");
        docker.ok("network", "disconnect", "back", "web");
        assertThat(docker.ok("network", "prune", "--force")).contains("back").doesNotContain("shop");
        docker.ok("rm", "--force", "web");
    }

    @Test
    void whatNoNetworkCanBeIsRefusedByName() throws Exception {
        docker.ok("network", "create", "--subnet", "10.9.0.0/24", "shop");
        String[][] refused = {
            {"--driver=macvlan", "Driver macvlan"},
            {"--attachable", "Attachable"},
            {"--opt=com.docker.network.bridge.enable_icc=false", "Options.com.docker.network.bridge.enable_icc"},
            {"--opt=com.docker.network.bridge.name=much-too-long-a-name", "1 to 15"},
            {"--subnet=10.9.0.128/25", "overlaps 10.9.0.0/24 of network shop"},
            {"--subnet=127.1.0.0/16", "addresses that hosts can have"},
            {"--subnet=10.8.0.1/16", "not the first address"},
            {"--subnet=fd00:1::/64", "--ipv6"},
            {"--ipam-driver=dhcp", "Driver dhcp"},
        };
        for (String[] option : refused) {
            DockerCli.Result result = docker.run("network", "create", option[0], "other");
            assertThat(result.exit()).as(option[0]).isNotZero();
            assertThat(result.err()).as(option[0]).contains(option[1]);
        }
        assertThat(docker.run("network", "create", "shop").err()).contains("network with name shop already exists");
        assertThat(docker.run("network", "create", "host").err()).contains("predefined host network");
    }
}
