package dev.dormouse.daemon.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.dormouse.daemon.api.create.CreateDefaults;
import dev.dormouse.daemon.api.create.CreateRequest;
import dev.dormouse.daemon.api.create.UpdateRequest;
import dev.dormouse.daemon.api.http.Reply;
import dev.dormouse.daemon.api.wire.ContainerSummary;
import dev.dormouse.daemon.api.wire.ContainerView;
import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.lifecycle.Containers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Containers, but for what streams. */
final class ContainersRouter {
    private static final Reply DONE = new Reply.Empty(204);

    private final EngineGate engine;
    private final EngineConfig config;
    private final Clock clock;

    ContainersRouter(EngineGate engine, EngineConfig config, Clock clock) {
        this.engine = engine;
        this.config = config;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/containers/json", this::list),
                Route.get("/containers/{name}/json", this::inspect),
                Route.post("/containers/create", this::create),
                Route.post("/containers/{name}/start", this::start),
                Route.post("/containers/{name}/stop", this::stop),
                Route.post("/containers/{name}/restart", this::restart),
                Route.post("/containers/{name}/kill", this::kill),
                Route.post("/containers/{name}/rename", this::rename),
                Route.post("/containers/{name}/update", this::update),
                Route.post("/containers/{name}/resize", this::resize),
                Route.delete("/containers/{name}", this::remove));
    }

    private Containers containers() throws InterruptedException {
        return engine.parts().containers();
    }

    /** The containers, once the one that the call is about is restored. */
    private Containers containers(Call call) throws InterruptedException {
        return engine.partsFor(call.name()).containers();
    }

    private Reply list(Call call) throws InterruptedException {
        List<Containers.Container> all = containers().list();
        ContainerFilter filter = ContainerFilter.of(call, all, engine.parts().images());
        int limit = call.number("limit").filter(number -> number > 0).orElse(Integer.MAX_VALUE);
        Instant now = clock.instant();
        return Json.reply(all.stream()
                .filter(filter)
                .limit(limit)
                .map(container -> ContainerSummary.of(container, now))
                .toList());
    }

    private Reply inspect(Call call) throws InterruptedException {
        Path folder = engine.status().dataRoot().resolve("containers");
        EngineParts parts = engine.partsFor(call.name());
        Containers.Container container = parts.containers().inspect(call.name());
        List<String> execs = parts.execs().of(container.record().id());
        return Json.reply(ContainerView.of(container, folder, execs));
    }

    private Reply create(Call call) throws IOException, InterruptedException {
        CreateRequest request =
                CreateDefaults.of(config.current()).applyTo(CreateRequest.of(Json.object(call.request()), Json::bind));
        Optional<String> name = call.query().text("name").map(text -> text.startsWith("/") ? text.substring(1) : text);
        Optional<String> platform = call.query().text("platform");
        if (platform.isPresent()) {
            ImagePlatform.require(
                    platform.get(), engine.parts().images().get(request.config().image()));
        }
        ContainerRecord made = containers().create(name, request.config(), request.hostConfig(), request.endpoints());
        return Json.reply(201, new Created(made.id().value(), List.of()));
    }

    private Reply start(Call call) throws InterruptedException {
        if (call.query().text("checkpoint").isPresent()) {
            throw new EngineException.NotImplemented("starting from a checkpoint is not supported by this engine");
        }
        containers(call).start(call.name());
        return DONE;
    }

    private Reply stop(Call call) throws InterruptedException {
        containers(call).stop(call.name(), call.number("t"), call.query().text("signal"));
        return DONE;
    }

    private Reply restart(Call call) throws InterruptedException {
        containers(call).restart(call.name(), call.number("t"), call.query().text("signal"));
        return DONE;
    }

    private Reply kill(Call call) throws InterruptedException {
        containers(call).kill(call.name(), call.query().text("signal").orElse("SIGKILL"));
        return DONE;
    }

    private Reply rename(Call call) throws InterruptedException {
        String name = call.query()
                .text("name")
                .orElseThrow(() -> new EngineException.InvalidParameter("query parameter name must be the new name"));
        containers(call).rename(call.name(), name.startsWith("/") ? name.substring(1) : name);
        return DONE;
    }

    private Reply update(Call call) throws IOException, InterruptedException {
        UpdateRequest request = UpdateRequest.of(Json.object(call.request()), Json::bind);
        Containers containers = containers();
        request.restartPolicy()
                .ifPresentOrElse(
                        policy -> containers.update(call.name(), policy), () -> containers.inspect(call.name()));
        return Json.reply(new Updated(List.of()));
    }

    /** No container has a terminal; clients ask on every change of theirs all the same. */
    private Reply resize(Call call) throws InterruptedException {
        throw new EngineException.Conflict(
                "container " + containers(call).inspect(call.name()).record().name() + " has no terminal to resize");
    }

    /** {@code v}, the anonymous volumes: they are a part of the container here and always go with it. */
    private Reply remove(Call call) throws InterruptedException {
        if (call.query().flag("link")) {
            throw new EngineException.NotImplemented("links between containers are not supported by this engine");
        }
        containers(call).remove(call.name(), call.query().flag("force"));
        return DONE;
    }

    /** Answer to an update. */
    private record Updated(@JsonProperty("Warnings") List<String> warnings) {}

    /** Answer to a create. */
    private record Created(
            String id, @JsonProperty("Warnings") List<String> warnings) {}
}
