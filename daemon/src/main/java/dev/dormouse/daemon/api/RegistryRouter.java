package dev.dormouse.daemon.api;

import dev.dormouse.daemon.api.http.Reply;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.registry.Credentials;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Registries: {@code docker login} asks whether they take what the client is about to keep. */
final class RegistryRouter {
    private final EngineGate engine;

    RegistryRouter(EngineGate engine) {
        this.engine = engine;
    }

    List<Route> routes() {
        return List.of(Route.post("/auth", this::login));
    }

    private Reply login(Call call) throws IOException, InterruptedException {
        JsonNode body = Json.object(call.request());
        Credentials credentials = Credentials.of("the request's body", body);
        JsonNode address = body.path("serveraddress");
        if (!address.isMissingNode() && !address.isNull() && !address.isString()) {
            throw new EngineException.InvalidParameter("the request's body: serveraddress must be a string");
        }
        engine.partsAtOnce().images().login(address.isString() ? address.stringValue() : "", credentials);
        return Json.reply(new LoggedIn("Login Succeeded", ""));
    }

    /** The client keeps what it has, where there is no identity token. */
    private record LoggedIn(String status, String identityToken) {}
}
