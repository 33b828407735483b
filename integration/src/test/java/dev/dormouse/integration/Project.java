package dev.dormouse.integration;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Containers that need each other as Compose says it, each ending in its own way; removed when closed. */
final class Project implements AutoCloseable {
    private final List<String> names = new ArrayList<>();

    Project() {
        BusyboxImage.load();
    }

    /** What a container does on SIGTERM: ends after so many seconds. */
    static String endsAfter(int seconds) {
        return "trap 'sleep " + seconds + "; exit 0' TERM; while :; do sleep 1 & wait $!; done";
    }

    /** What a container does that never ends by itself. */
    static String ignores() {
        return "trap '' TERM; while :; do sleep 1; done";
    }

    /** Runs a container. */
    Project run(String name, String needs, int stopTimeout, String script) {
        names.add(name);
        Shell.run(
                "docker",
                "run",
                "--detach",
                "--network",
                "none",
                "--name",
                name,
                "--stop-timeout",
                Integer.toString(stopTimeout),
                "--label",
                "com.docker.compose.project=shop",
                "--label",
                "com.docker.compose.service=" + name,
                "--label",
                "com.docker.compose.depends_on=" + needs,
                "busybox",
                "sh",
                "-c",
                script);
        return this;
    }

    boolean allRun() {
        return names.stream().allMatch(name -> SystemUnit.container(name).isActive());
    }

    boolean noneRuns() {
        return names.stream()
                .map(SystemUnit::container)
                .map(SystemUnit::state)
                .noneMatch(state -> state.equals("active") || state.equals("deactivating"));
    }

    static Instant finished(String name) {
        return Instant.parse(Shell.inspect(name, "{{.State.FinishedAt}}"));
    }

    static int exitCode(String name) {
        return Integer.parseInt(Shell.inspect(name, "{{.State.ExitCode}}"));
    }

    /** Runs a command and says how long it took. */
    static Duration timed(String... command) {
        long begin = System.nanoTime();
        Shell.run(command);
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Override
    public void close() {
        names.forEach(name -> Shell.attempt("docker", "rm", "--force", name));
    }
}
