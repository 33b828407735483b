package dev.dormouse.daemon.api;

import dev.dormouse.daemon.api.create.ConnectRequest;
import dev.dormouse.daemon.api.create.DisconnectRequest;
import dev.dormouse.daemon.api.create.NetworkCreateRequest;
import dev.dormouse.daemon.api.http.Reply;
import dev.dormouse.daemon.api.wire.NetworkView;
import dev.dormouse.daemon.container.NetworkMode;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.lifecycle.Containers;
import dev.dormouse.daemon.lifecycle.NetworkVerbs;
import dev.dormouse.daemon.network.NetworkRecord;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Networks, and the volumes there are not: clients list both before they do anything. */
final class NetworksRouter {
    private static final Set<String> FILTERS = Set.of("name", "id", "driver", "label", "type", "scope", "dangling");
    private static final Set<String> PRUNE_FILTERS = Set.of("label");
    private static final Set<String> BUILTIN = Set.of("bridge", "host", "none");
    private static final Reply DONE = new Reply.Empty(200);

    private final EngineGate engine;

    NetworksRouter(EngineGate engine) {
        this.engine = engine;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/networks", this::networks),
                Route.get("/networks/{name}", this::network),
                Route.post("/networks/create", this::create),
                Route.post("/networks/prune", this::prune),
                Route.post("/networks/{name}/connect", this::connect),
                Route.post("/networks/{name}/disconnect", this::disconnect),
                Route.delete("/networks/{name}", this::remove),
                Route.get("/volumes", this::volumes),
                Route.post("/volumes/create", _ -> unsupported("volumes by name")));
    }

    private Reply networks(Call call) throws InterruptedException {
        Filters filters = Filters.of(call, FILTERS);
        return Json.reply(
                all().stream().filter(network -> matches(filters, network)).toList());
    }

    private static boolean matches(Filters filters, NetworkView network) {
        return filters.any("name", network.name()::contains)
                && filters.any("id", network.id()::startsWith)
                && filters.any("driver", network.driver()::equals)
                && filters.any("type", (BUILTIN.contains(network.name()) ? "builtin" : "custom")::equals)
                && filters.any("scope", network.scope()::equals)
                && filters.labels(network.labels())
                && filters.flag("dangling")
                        .map(wanted -> wanted == (network.containers().isEmpty() && !BUILTIN.contains(network.name())))
                        .orElse(true);
    }

    private Reply network(Call call) throws InterruptedException {
        List<Containers.Container> containers = engine.parts().containers().list();
        NetworkVerbs networks = verbs();
        return Json.reply(modes(containers)
                .filter(network -> network.name().equals(call.name()))
                .findFirst()
                .orElseGet(() -> NetworkView.of(networks.get(call.name()), containers)));
    }

    private List<NetworkView> all() throws InterruptedException {
        List<Containers.Container> containers = engine.parts().containers().list();
        return Stream.concat(
                        verbs().list().stream().map(record -> NetworkView.of(record, containers)), modes(containers))
                .toList();
    }

    private static Stream<NetworkView> modes(List<Containers.Container> containers) {
        return Stream.of(NetworkMode.HOST, NetworkMode.NONE).map(mode -> NetworkView.of(mode, containers));
    }

    private Reply create(Call call) throws IOException, InterruptedException {
        NetworkRecord made = verbs().create(NetworkCreateRequest.of(Json.object(call.request()), Json::bind));
        return Json.reply(201, new Created(made.network().id(), ""));
    }

    private Reply remove(Call call) throws InterruptedException {
        verbs().remove(call.name());
        return new Reply.Empty(204);
    }

    private Reply prune(Call call) throws InterruptedException {
        Filters filters = Filters.of(call, PRUNE_FILTERS);
        return Json.reply(new Pruned(verbs().prune(record -> filters.labels(record.labels()))));
    }

    private Reply connect(Call call) throws IOException, InterruptedException {
        ConnectRequest request = ConnectRequest.of(call.name(), Json.object(call.request()), Json::bind);
        verbs().connect(request.container(), request.endpoint());
        return DONE;
    }

    private Reply disconnect(Call call) throws IOException, InterruptedException {
        DisconnectRequest request = DisconnectRequest.of(Json.object(call.request()), Json::bind);
        verbs().disconnect(request.container(), call.name());
        return DONE;
    }

    private NetworkVerbs verbs() throws InterruptedException {
        return engine.parts().networks();
    }

    private Reply volumes(Call call) {
        return Json.reply(Map.of("Volumes", List.of(), "Warnings", List.of()));
    }

    private static Reply unsupported(String what) {
        throw new EngineException.NotImplemented(what + " are not supported by this engine");
    }

    /** Answer to a create. */
    private record Created(String id, String warning) {}

    /** Answer to a prune. */
    private record Pruned(List<String> networksDeleted) {}
}
