package dev.dormouse.integration;

import java.nio.file.Path;
import java.util.List;

/** An on-demand nginx: the container, its socket, and their end. */
record NginxService(String name, int port) implements AutoCloseable {
    private static final Path EXAMPLE = Shell.PROJECT.resolve("examples/nginx");

    /** Makes the container and enables its socket. */
    static NginxService enable(String name, int port, String idle, String... options) {
        loadImage();
        Shell.run("docker", "create", "--name", name, "nginx");
        List<String> command = new java.util.ArrayList<>(List.of(
                "dormouse", "enable", name, "--listen", Integer.toString(port), "--port", "80", "--idle", idle));
        command.addAll(List.of(options));
        Shell.run(command.toArray(String[]::new));
        return new NginxService(name, port);
    }

    /** Gives the engine the image that ./check made, once a machine. */
    static void loadImage() {
        if (Shell.attempt("docker", "image", "inspect", "nginx").exit() != 0) {
            String file = Shell.run(
                    EXAMPLE.resolve("image").toString(),
                    EXAMPLE.resolve("target").toString());
            Shell.run(EXAMPLE.resolve("load-image").toString(), file);
        }
    }

    HttpGet get() {
        return new HttpGet("127.0.0.1", port);
    }

    SystemUnit container() {
        return SystemUnit.container(name);
    }

    void awaitAsleep() {
        container().awaitInactive();
        SystemUnit.proxy(name).awaitInactive();
    }

    @Override
    public void close() {
        Shell.run("dormouse", "disable", name);
        Shell.run("docker", "rm", "--force", name);
    }
}
