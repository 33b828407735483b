package dev.dormouse.daemon.restore;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.lifecycle.Engine;
import dev.dormouse.daemon.network.Endpoint;
import dev.dormouse.daemon.network.NetworkRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a client asks of the container {@code nginx}. A verb more is a line more: its steps are those that it is seen to pass.
 *
 * @param before brings an engine into the state that the verb begins in
 * @param request returns when it is acknowledged
 */
record Verb(String name, Consumer<Engine> before, Consumer<Engine> request) {
    static final List<Verb> ALL = List.of(
            new Verb("create", _ -> {}, engine -> engine.create("nginx")),
            new Verb("start", Verb::create, engine -> engine.containers.start("nginx")),
            new Verb("stop", Verb::run, engine -> engine.containers.stop("nginx", Optional.empty(), Optional.empty())),
            new Verb("kill", Verb::run, engine -> engine.containers.kill("nginx", "SIGKILL")),
            new Verb(
                    "restart",
                    Verb::run,
                    engine -> engine.containers.restart("nginx", Optional.empty(), Optional.empty())),
            new Verb("rename", Verb::create, engine -> engine.containers.rename("nginx", "caddy")),
            new Verb(
                    "connect",
                    Verb::createBesideANetwork,
                    engine -> engine.containers.networking().connect("nginx", Endpoint.on("shop"))),
            new Verb(
                    "disconnect",
                    Verb::createOnTwoNetworks,
                    engine -> engine.containers.networking().disconnect("nginx", "shop")),
            new Verb("remove", Verb::create, engine -> engine.containers.remove("nginx", false)),
            new Verb("remove by force", Verb::run, engine -> engine.containers.remove("nginx", true)));

    /** With something in its folder that only a removal takes away. */
    private static void create(Engine engine) {
        ContainerRecord made = engine.create("nginx");
        try {
            Files.createDirectories(engine.folder.container(made.id()).resolve("upper/etc"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void createBesideANetwork(Engine engine) {
        create(engine);
        engine.containers
                .networking()
                .create(new NetworkRequest("shop", false, false, List.of(), Optional.empty(), Map.of(), Map.of()));
    }

    private static void createOnTwoNetworks(Engine engine) {
        createBesideANetwork(engine);
        engine.containers.networking().connect("nginx", Endpoint.on("shop"));
    }

    private static void run(Engine engine) {
        create(engine);
        engine.containers.start("nginx");
    }

    @Override
    public String toString() {
        return name;
    }
}
