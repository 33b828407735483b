package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may read and write what the engine makes: docs/internals.md, as a table. */
@ExtendWith(LeavesNothing.class)
class FileModesIT {
    private static final String ID = "[0-9a-f]{64}";

    /**
     * A kind of file.
     *
     * @param path a pattern of the whole path
     * @param modes which it may have, as a pattern of {@code ls}'s letters
     */
    private record Rule(Pattern path, String owner, Pattern modes) {
        static Rule of(String path, String modes) {
            return new Rule(Pattern.compile(path), "root:root", Pattern.compile(modes));
        }
    }

    /** The first that matches counts. Below a folder of mode 0700 only what is written to matters. */
    private static final List<Rule> RULES = List.of(
            new Rule(Pattern.compile("/run/dormouse/docker.sock"), "root:dormouse", Pattern.compile("srw-rw----")),
            new Rule(
                    Pattern.compile("/run/dormouse/activator"),
                    "dormouse-activator:dormouse-activator",
                    Pattern.compile("drwxr-xr-x")),
            // Whoever connects is told the status, and nothing is taken from him.
            new Rule(
                    Pattern.compile("/run/dormouse/activator/status"),
                    "dormouse-activator:dormouse-activator",
                    Pattern.compile("srw-rw-rw-")),
            new Rule(
                    Pattern.compile("/run/dormouse/activator/metrics"),
                    "dormouse-activator:dormouse-activator",
                    Pattern.compile("srw-------")),
            new Rule(
                    Pattern.compile("/var/lib/dormouse/activator/events"),
                    "dormouse-activator:dormouse-activator",
                    Pattern.compile("drwx------")),
            new Rule(
                    Pattern.compile("/var/lib/dormouse/activator(/.*)?"),
                    "dormouse-activator:dormouse-activator",
                    Pattern.compile("drwxr-xr-x|-rw-------")),
            Rule.of("/run/dormouse/metrics", "srw-rw-rw-"),
            Rule.of("/run/dormouse/handoff", "srw-------"),
            Rule.of("/run/dormouse/crun", "drwx------"),
            Rule.of("/run/dormouse/crun/" + ID, "drwx------"),
            Rule.of("/run/dormouse/crun/" + ID + "/.*", "-rwx------"),
            Rule.of("/run/dormouse/storage", "drwx------"),
            Rule.of("/run/dormouse/storage/.*", "d.*|-rw-r--r--|-rw-------"),
            Rule.of("/run/dormouse/netns/" + ID, "-r--r--r--"),
            Rule.of("/run/dormouse/containers/" + ID + "/bundle/config.json", "-rw-------"),
            Rule.of("/run/dormouse/containers/" + ID + "/pid", "-rwx------"),
            Rule.of("/run/dormouse/containers/" + ID + "/health.json", "-rw-------"),
            Rule.of("/run/dormouse/exec", "drwx------"),
            Rule.of("/run/dormouse(/.*)?", "drwxr-xr-x|-rw-r--r--|prw-------"),
            Rule.of("/var/lib/dormouse", "drwx--x--x"),
            Rule.of("/var/lib/dormouse/wake", "drwxr-xr-x"),
            Rule.of("/var/lib/dormouse/wake/[^/]+\\.json", "-rw-r--r--"),
            Rule.of("/var/lib/dormouse/(containers|names|images|networks|storage|events|autostart)", "drwx------"),
            Rule.of("/var/lib/dormouse/containers/" + ID + "/(hosts|hostname|resolv.conf)", "-rw-r--r--"),
            Rule.of("/var/lib/dormouse/containers/" + ID + "/bundle/(ctl|winsz)", "prw-r-----"),
            Rule.of("/var/lib/dormouse/containers/" + ID + "/bundle/attach", "srwx------"),
            Rule.of("/var/lib/dormouse/containers/" + ID + "/(work/work|layers/.*)", "d---------|lrwxrwxrwx"),
            Rule.of("/var/lib/dormouse/containers/" + ID + "/exit", "-rw-r--r--"),
            Rule.of("/var/lib/dormouse/containers/.*", "drwxr-xr-x|-rw-------|prw-------"),
            Rule.of("/var/lib/dormouse/names/.*", "lrwxrwxrwx"),
            Rule.of("/var/lib/dormouse/(events|autostart)/.*", "-rw-r--r--|-rw-------"),
            Rule.of("/var/lib/dormouse/(images|networks)/.*", "drwxr-xr-x|-rw-------"),
            Rule.of("/var/lib/dormouse/storage/overlay/l/.*", "lrwxrwxrwx"),
            Rule.of("/var/lib/dormouse/storage/.*", "d.*|-rw-r--r--|-rw-------"),
            Rule.of("/etc/dormouse(/.*)?", "drwxr-xr-x|-rw-r--r--"));

    @Test
    void everyFileIsAsOpenAsItMustBeAndNoMore() throws Exception {
        BusyboxImage.load();
        try {
            tour();
            try (NginxService nginx = NginxService.enable("moded", 8044, "10m")) {
                assertThat(nginx.get().send().status()).isEqualTo(200);
                assertThat(files().flatMap(line -> wrong(line).stream())).isEmpty();
            }
        } finally {
            Shell.attempt("docker", "rm", "--force", "bridged", "hosted", "renamed", "failed");
        }
    }

    private static void tour() {
        Shell.run("docker", "run", "--detach", "--name", "bridged", "--tmpfs", "/scratch", "busybox", "sleep", "1000");
        Shell.run("docker", "run", "--detach", "--name", "hosted", "--network", "host", "busybox", "sleep", "1000");
        Shell.run("docker", "create", "--name", "fresh", "--network", "none", "busybox", "sleep", "1");
        Shell.attempt("docker", "run", "--name", "failed", "busybox", "/no/such/program");
        Shell.run("docker", "stop", "--time", "0", "hosted");
        Shell.run("docker", "rename", "fresh", "renamed");
        Shell.run("docker", "logs", "bridged");
        Shell.run("docker", "exec", "bridged", "true");
    }

    /** Mode, owner and path a line; what is in containers' and images' file systems is theirs. */
    private static Stream<String> files() {
        return Shell.run(
                        "find",
                        "/var/lib/dormouse",
                        "/run/dormouse",
                        "/etc/dormouse",
                        "(",
                        "-path",
                        "*/storage/overlay/*/diff",
                        "-o",
                        "-path",
                        "*/containers/*/merged",
                        "-o",
                        "-path",
                        "*/containers/*/upper",
                        "-o",
                        "-path",
                        "*/containers/*/volumes",
                        "-o",
                        "-path",
                        "/var/lib/dormouse/test-layer",
                        ")",
                        "-prune",
                        "-o",
                        "-printf",
                        "%M %u:%g %p\\n")
                .lines();
    }

    private static Optional<String> wrong(String line) {
        String[] fields = line.split(" ", 3);
        for (Rule rule : RULES) {
            if (rule.path().matcher(fields[2]).matches()) {
                boolean right = rule.modes().matcher(fields[0]).matches()
                        && rule.owner().equals(fields[1]);
                return right ? Optional.empty() : Optional.of(line + " (must be " + rule + ")");
            }
        }
        return Optional.of(line + " (nothing in the table)");
    }
}
