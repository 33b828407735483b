package dev.dormouse.daemon.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.dormouse.daemon.api.http.Reply;
import dev.dormouse.daemon.config.ConfigException;
import dev.dormouse.daemon.config.Reloaded;
import dev.dormouse.daemon.error.EngineException;
import java.util.List;

/** {@code POST /dormouse/reload}, which docker does not have: the engine reads its configuration again. Waits for nothing. */
final class ReloadRouter {
    private final EngineConfig config;

    ReloadRouter(EngineConfig config) {
        this.config = config;
    }

    List<Route> routes() {
        return List.of(Route.post("/dormouse/reload", this::reload));
    }

    private Reply reload(Call call) {
        try {
            Reloaded reloaded = config.reload();
            return Json.reply(new Answer(reloaded.changed(), reloaded.needRestart()));
        } catch (ConfigException e) {
            throw new EngineException.InvalidParameter(String.valueOf(e.getMessage()));
        }
    }

    /** Names of keys. */
    private record Answer(
            @JsonProperty("changed") List<String> changed,
            @JsonProperty("needRestart") List<String> needRestart) {}
}
