package dev.dormouse.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the real commands of the machine that the tests are in. */
final class Shell {
    static final Path PROJECT =
            Path.of(System.getProperty("dormouse.project", "..")).normalize();
    private static final Map<String, String> ENVIRONMENT = Map.of("DOCKER_HOST", "unix:///run/dormouse/docker.sock");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private Shell() {}

    /**
     * How a command ended.
     *
     * @param output standard output and error together, without the last line's end
     */
    record Result(int exit, String output) {}

    /** Runs it to its end; fails the test if it does not exit 0. */
    static String run(String... command) {
        Result result = attempt(command);
        if (result.exit() != 0) {
            throw new AssertionError(String.join(" ", command) + " exited " + result.exit() + ":\n" + result.output()
                    + "\n" + journal());
        }
        return result.output();
    }

    /** Runs a command of the docker client to its end; fails the test if it does not exit 0. */
    static String docker(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "docker";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return run(command);
    }

    /** What {@code docker inspect} tells of a container. */
    static String inspect(String container, String format) {
        return docker("inspect", "--format", format, container);
    }

    /** Runs it to its end, whatever that is. */
    static Result attempt(String... command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(List.of(command)).redirectErrorStream(true);
            builder.environment().putAll(ENVIRONMENT);
            Process process = builder.start();
            process.getOutputStream().close();
            Thread timer = Thread.ofVirtual().start(() -> killAfter(process));
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = process.waitFor();
            timer.interrupt();
            return new Result(exit, output.strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while running " + String.join(" ", command), e);
        }
    }

    private static void killAfter(Process process) {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The last of what our units said, for a failure's message. */
    static String journal() {
        return attempt("journalctl", "--no-pager", "--lines=60", "--output=short-precise", "--unit=dormouse*")
                .output();
    }
}
