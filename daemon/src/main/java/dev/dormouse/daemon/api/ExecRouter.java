package dev.dormouse.daemon.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.dormouse.daemon.api.create.ExecCreateRequest;
import dev.dormouse.daemon.api.create.ExecStartRequest;
import dev.dormouse.daemon.api.http.Reply;
import dev.dormouse.daemon.api.wire.ExecView;
import dev.dormouse.daemon.container.TerminalSize;
import dev.dormouse.daemon.lifecycle.Execs;
import java.io.IOException;
import java.util.List;

/** Further processes in running containers. */
final class ExecRouter {
    private static final String MULTIPLEXED = "application/vnd.docker.multiplexed-stream";
    private static final String RAW = "application/vnd.docker.raw-stream";
    private static final Reply DONE = new Reply.Empty(200);

    private final EngineGate engine;

    ExecRouter(EngineGate engine) {
        this.engine = engine;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/containers/{name}/exec", this::create),
                Route.post("/exec/{name}/start", this::start),
                Route.post("/exec/{name}/resize", this::resize),
                Route.get("/exec/{name}/json", this::inspect));
    }

    /** An exec is of this engine's own life, so no container has to be waited for. */
    private Execs execs() throws InterruptedException {
        return engine.partsAtOnce().execs();
    }

    private Reply create(Call call) throws IOException, InterruptedException {
        ExecCreateRequest request = ExecCreateRequest.of(Json.object(call.request()));
        String id = engine.partsFor(call.name()).execs().create(call.name(), request.config());
        return Json.reply(201, new Created(id));
    }

    private Reply start(Call call) throws IOException, InterruptedException {
        ExecStartRequest request = ExecStartRequest.of(Json.objectIfAny(call.request()));
        Execs execs = execs();
        String id = call.name();
        execs.requireStartable(id);
        if (request.detach()) {
            execs.detach(id, request.size());
            return DONE;
        }
        if (request.terminal()) {
            return new Reply.Dialogue(
                    RAW, (in, out) -> execs.attach(id, request.size(), in, (_, bytes) -> out.write(bytes)));
        }
        return new Reply.Dialogue(
                MULTIPLEXED,
                (in, out) -> execs.attach(
                        id, request.size(), in, (stream, bytes) -> out.write(Frames.frame(stream, bytes))));
    }

    private Reply resize(Call call) throws InterruptedException {
        execs().resize(call.name(), new TerminalSize(cells(call, "h"), cells(call, "w")));
        return DONE;
    }

    private static int cells(Call call, String parameter) {
        return call.number(parameter)
                .filter(cells -> (cells >= 0) && (cells <= TerminalSize.MOST))
                .orElseThrow(() -> Call.invalid(
                        parameter,
                        "a number of characters, 0 to 65535",
                        call.query().text(parameter).orElse("")));
    }

    private Reply inspect(Call call) throws InterruptedException {
        return Json.reply(ExecView.of(execs().inspect(call.name())));
    }

    /** Answer to a create. */
    private record Created(@JsonProperty("Id") String id) {}
}
