package dev.dormouse.daemon.api;

import dev.dormouse.daemon.api.http.Reply;
import dev.dormouse.daemon.api.wire.NetworkView;
import dev.dormouse.daemon.container.NetworkMode;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.lifecycle.Containers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The three networks there are, and the volumes there are not: clients list both before they do anything. */
final class NetworksRouter {
    private static final Set<String> FILTERS = Set.of("name", "id", "driver", "label", "type", "scope", "dangling");

    private final EngineGate engine;

    NetworksRouter(EngineGate engine) {
        this.engine = engine;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/networks", this::networks),
                Route.get("/networks/{name}", this::network),
                Route.post("/networks/create", _ -> unsupported("networks of one's own")),
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
                && filters.any("type", "builtin"::equals)
                && filters.any("scope", network.scope()::equals)
                && filters.labels(network.labels())
                && filters.flag("dangling")
                        .map(wanted -> wanted == network.containers().isEmpty())
                        .orElse(true);
    }

    private Reply network(Call call) throws InterruptedException {
        return Json.reply(all().stream()
                .filter(network ->
                        network.name().equals(call.name()) || network.id().startsWith(call.name()))
                .findFirst()
                .orElseThrow(() -> new EngineException.NotFound("network " + call.name() + " not found")));
    }

    private List<NetworkView> all() throws InterruptedException {
        List<Containers.Container> containers = engine.parts().containers().list();
        return Arrays.stream(NetworkMode.values())
                .map(mode -> NetworkView.of(mode, containers))
                .toList();
    }

    private Reply volumes(Call call) {
        return Json.reply(Map.of("Volumes", List.of(), "Warnings", List.of()));
    }

    private static Reply unsupported(String what) {
        throw new EngineException.NotImplemented(what + " are not supported by this engine");
    }
}
