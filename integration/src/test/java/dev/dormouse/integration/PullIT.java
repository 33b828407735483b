package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Images from a real registry, by the real client. */
@ExtendWith(LeavesNothing.class)
class PullIT {
    private static LocalRegistry registry;
    private static Path folder;
    private static String app;

    @BeforeAll
    static void push() throws IOException {
        folder = Files.createTempDirectory("pull");
        registry = new LocalRegistry();
        registry.push("team/app", "1", BusyboxImage.tar(folder));
        app = registry.domain() + "/team/app:1";
    }

    @AfterAll
    static void close() throws IOException {
        registry.close();
        Shell.run("rm", "-r", folder.toString());
    }

    /** The client, which keeps its login in a folder of the test's. */
    private static Shell.Result docker(String command) {
        return Shell.attempt(
                "sh", "-c", "export DOCKER_CONFIG=" + folder + "/client; timeout --kill-after=5 60 docker " + command);
    }

    private static String ok(String command) {
        Shell.Result result = docker(command);
        assertThat(result.exit()).as("docker %s: %s", command, result.output()).isZero();
        return result.output();
    }

    private static void login() {
        assertThat(ok("login --username " + LocalRegistry.USER + " --password " + LocalRegistry.PASSWORD + " "
                        + registry.domain()))
                .contains("Login Succeeded");
    }

    @Test
    void whatIsPulledRuns() {
        ok("logout " + registry.domain());
        assertThat(docker("pull " + app).output()).contains("no basic auth credentials");
        assertThat(docker("login --username mouse --password wrong " + registry.domain())
                        .output())
                .contains("unauthorized");
        login();
        assertThat(docker("pull " + registry.domain() + "/team/app:none").output())
                .contains("manifest for " + registry.domain()
                        + "/team/app:none not found: manifest unknown: manifest unknown");
        assertThat(docker("pull " + registry.domain() + "/team/none:1").output())
                .contains("not found")
                .contains("unknown");

        assertThat(ok("pull " + app).lines()).first().isEqualTo("1: Pulling from team/app");
        assertThat(ok("pull " + app)).contains("Status: Image is up to date for " + app);
        assertThat(ok("run --rm " + app + " echo it runs")).isEqualTo("it runs");
        String digest = ok("images --digests --format '{{.Digest}}' " + registry.domain() + "/team/app");
        assertThat(digest).startsWith("sha256:");
        assertThat(ok("rmi " + app)).contains("Untagged: " + app, "Untagged: " + registry.domain() + "/team/app@");

        assertThat(ok("create --name unknown " + app).lines().toList())
                .anyMatch(line -> line.contains("Downloaded newer image for " + app))
                .last()
                .asString()
                .hasSize(64);
        ok("rm unknown");
        ok("rmi " + app);
        assertThat(ok("run --rm " + registry.domain() + "/team/app@" + digest + " echo by digest"))
                .endsWith("by digest");
        ok("rmi " + registry.domain() + "/team/app@" + digest);
        assertThat(strayLayers()).isEmpty();
    }

    @Test
    void anEngineKilledInMidPullLeavesNothing() throws Exception {
        login();
        registry.hold();
        Process killed = start("pull " + app);
        registry.awaitHolding();
        Shell.run("kill", "-KILL", SystemUnit.ENGINE.property("MainPID"));
        assertThat(killed.waitFor()).isNotZero();
        registry.release();

        assertThat(docker("image inspect " + app).output()).contains("No such image: " + app);
        assertThat(Path.of("/var/lib/dormouse/images/tmp")).isEmptyDirectory();
        assertThat(strayLayers()).isEmpty();
        assertThat(ok("pull " + app)).contains("Downloaded newer image for " + app);
        ok("rmi " + app);
    }

    @Test
    void whoGoesAwayBreaksItOff() throws Exception {
        login();
        registry.hold();
        Process client = start("pull " + app);
        registry.awaitHolding();
        String engine = SystemUnit.ENGINE.property("MainPID");
        Await.until("the engine has opened the layer's file", () -> hasLayerOpen(engine));
        client.destroy();
        client.waitFor();
        Await.until("the engine has closed the layer's file", () -> !hasLayerOpen(engine));
        registry.release();
        assertThat(docker("image inspect " + app).output()).contains("No such image: " + app);
    }

    private static boolean hasLayerOpen(String engine) {
        return Shell.attempt("ls", "-l", "/proc/" + engine + "/fd").output().contains("/images/tmp/");
    }

    private static Process start(String command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", "exec timeout 60 docker " + command);
        builder.environment().put("DOCKER_HOST", "unix:///run/dormouse/docker.sock");
        builder.environment().put("DOCKER_CONFIG", folder + "/client");
        return builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("pull.log").toFile())
                .start();
    }

    /** Layers on the disk that no image has. */
    private static Set<String> strayLayers() {
        Set<String> there = words(Shell.run(
                "sh",
                "-c",
                "containers-storage --graph /var/lib/dormouse/storage --run /run/dormouse/storage"
                        + " --storage-driver overlay --storage-opt overlay.skip_mount_home=true layers --json"
                        + " | jq -r '.[]?.id'"));
        there.removeAll(words(Shell.run("sh", "-c", "jq -r '.layers[]?.id' /var/lib/dormouse/images/*.json")));
        return there;
    }

    private static Set<String> words(String lines) {
        return lines.lines().filter(line -> !line.isBlank()).collect(Collectors.toCollection(TreeSet::new));
    }
}
