package dev.dormouse.daemon.api;

import dev.dormouse.daemon.api.http.HttpServer;
import dev.dormouse.daemon.api.http.ListeningSocket;
import dev.dormouse.daemon.network.Networks;
import dev.dormouse.daemon.network.TestNetworks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/** The real API server on a unix socket of its own, with an engine in memory behind it. */
final class ApiFixture implements AutoCloseable {
    final FakeEvents events = new FakeEvents();
    final FakeImages images = new FakeImages();
    final FakeContainers containers;
    final FakeExecs execs = new FakeExecs();
    private final FakeNetworks networks;
    private final Path folder;
    final Path socket;
    final HttpServer server;
    final EngineGate gate;
    final FakeConfig config = new FakeConfig();

    private ApiFixture(Path folder, Duration patience) {
        this.folder = folder;
        Networks stored = TestNetworks.in(folder.resolve("networks"));
        containers = new FakeContainers(events, images, stored);
        networks = new FakeNetworks(stored, containers);
        this.socket = folder.resolve("docker.sock");
        this.gate = new EngineGate(() -> new EngineStatus("running", Path.of("/var/lib/dormouse"), false), patience);
        this.server = DockerApi.server(gate, config, Clock.systemUTC());
    }

    /** Listens; the engine behind it is ready. */
    static ApiFixture start() throws Exception {
        ApiFixture fixture = starting(Duration.ofSeconds(5));
        fixture.ready();
        return fixture;
    }

    /** Listens; the engine behind it is not ready yet. */
    static ApiFixture starting(Duration patience) throws Exception {
        Path folder = Files.createTempDirectory("dormouse-api");
        ApiFixture fixture = new ApiFixture(folder, patience);
        fixture.server.listen(new ListeningSocket.Unix(fixture.socket));
        return fixture;
    }

    void ready() {
        gate.open(new EngineParts(containers, networks, images, events, execs));
    }

    /** The engine behind it is there and restores for ever; it has come to these containers. */
    void restoring(Set<String> arrived) {
        gate.open(new EngineParts(containers, networks, images, events, execs), new EngineGate.Restoration() {
            @Override
            public boolean isComplete() {
                return false;
            }

            @Override
            public boolean awaitAll(Duration patience) {
                return false;
            }

            @Override
            public boolean await(String container, Duration patience) {
                return arrived.contains(container);
            }
        });
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(socket);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
