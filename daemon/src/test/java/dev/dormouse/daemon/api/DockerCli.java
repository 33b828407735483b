package dev.dormouse.daemon.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The real {@code docker} command against a socket. */
record DockerCli(Path socket) {
    private static final int SECONDS = 20;

    /** What a command left. */
    record Result(int exit, String out, String err) {}

    /** Runs a command to its end. */
    Result run(String... arguments) throws Exception {
        return start(arguments).result();
    }

    /** Runs a command that must succeed; its standard output, stripped. */
    String ok(String... arguments) throws Exception {
        Result result = run(arguments);
        if (result.exit() != 0) {
            throw new AssertionError("docker " + String.join(" ", arguments) + ": " + result);
        }
        return result.out().strip();
    }

    Running start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().put("DOCKER_HOST", "unix://" + socket);
        builder.environment().put("DOCKER_CONFIG", socket.resolveSibling("none").toString());
        return new Running(builder.start());
    }

    /** A command that runs. */
    record Running(Process process, CompletableFuture<String> out, CompletableFuture<String> err) {
        Running(Process process) {
            this(process, text(process.getInputStream()), text(process.getErrorStream()));
        }

        private static CompletableFuture<String> text(java.io.InputStream in) {
            return CompletableFuture.supplyAsync(
                    () -> {
                        try (in) {
                            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    },
                    task -> Thread.ofVirtual().start(task));
        }

        Result result() throws Exception {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("docker did not end within " + SECONDS + " s; so far: " + err.get());
            }
            return new Result(process.exitValue(), out.get(), err.get());
        }
    }
}
