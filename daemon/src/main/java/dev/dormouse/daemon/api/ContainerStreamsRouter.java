package dev.dormouse.daemon.api;

import dev.dormouse.daemon.api.http.Reply;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.lifecycle.Containers;
import dev.dormouse.daemon.log.LogEntry;
import dev.dormouse.daemon.log.LogQuery;
import java.util.List;
import java.util.Optional;

/** What of a container streams: its output, and the wait for its end. */
final class ContainerStreamsRouter {
    private static final String MULTIPLEXED = "application/vnd.docker.multiplexed-stream";

    private final EngineGate engine;

    ContainerStreamsRouter(EngineGate engine) {
        this.engine = engine;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/containers/{name}/logs", this::logs),
                Route.post("/containers/{name}/wait", this::await),
                Route.post("/containers/{name}/attach", this::attach));
    }

    private Containers containers(Call call) throws InterruptedException {
        return engine.partsFor(call.name()).containers();
    }

    private Reply logs(Call call) throws InterruptedException {
        LogQuery query = new LogQuery(
                call.query().flag("stdout"),
                call.query().flag("stderr"),
                call.moment("since").filter(moment -> moment.getEpochSecond() != 0),
                call.moment("until").filter(moment -> moment.getEpochSecond() != 0),
                tail(call),
                call.query().flag("follow"));
        if (!query.stdout() && !query.stderr()) {
            throw new EngineException.InvalidParameter("Bad parameters: you must choose at least one stream");
        }
        if (call.query().flag("details")) {
            throw new EngineException.NotImplemented("details of log lines are not supported by this engine");
        }
        boolean timestamps = call.query().flag("timestamps");
        Containers containers = containers(call);
        String id = containers.inspect(call.name()).record().id().value();
        return new Reply.Stream(MULTIPLEXED, out -> {
            out.begin();
            containers.logs(id, query, entry -> out.write(Frames.frame(entry, timestamps)));
        });
    }

    /** {@code all}, or a number of lines. */
    private static Optional<Integer> tail(Call call) {
        if (call.query().text("tail").filter("all"::equals).isPresent()) {
            return Optional.empty();
        }
        return call.number("tail").filter(lines -> lines >= 0);
    }

    private Reply await(Call call) throws InterruptedException {
        Containers.WaitCondition condition =
                switch (call.query().text("condition").orElse("not-running")) {
                    case "not-running" -> Containers.WaitCondition.NOT_RUNNING;
                    case "next-exit" -> Containers.WaitCondition.NEXT_EXIT;
                    case "removed" -> Containers.WaitCondition.REMOVED;
                    default ->
                        throw new EngineException.InvalidParameter(
                                "query parameter condition must be not-running, next-exit or removed");
                };
        Containers.ExitWait wait = containers(call).waitFor(call.name(), condition);
        return new Reply.Stream(Json.CONTENT_TYPE, out -> {
            // The head now: it tells the client that the wait has begun, so that it may start the container.
            out.begin();
            out.write(Json.line(new Ended(wait.await())));
        });
    }

    private Reply attach(Call call) throws InterruptedException {
        if (call.query().flag("stdin")) {
            throw new EngineException.NotImplemented(
                    "standard input is not supported by this engine: attach without it");
        }
        boolean stdout = call.query().flag("stdout");
        boolean stderr = call.query().flag("stderr");
        Containers containers = containers(call);
        boolean logs = call.query().flag("logs");
        boolean stream = call.query().flag("stream");
        String id = containers.inspect(call.name()).record().id().value();
        Optional<Containers.Attachment> attachment = stream ? Optional.of(containers.attach(id)) : Optional.empty();
        return new Reply.Raw(MULTIPLEXED, out -> {
            if (logs) {
                LogQuery past =
                        new LogQuery(stdout, stderr, Optional.empty(), Optional.empty(), Optional.empty(), false);
                containers.logs(id, past, entry -> out.write(Frames.frame(entry, false)));
            }
            if (attachment.isPresent()) {
                attachment.get().stream(entry -> {
                    if (entry.stream() == LogEntry.Stream.STDOUT ? stdout : stderr) {
                        out.write(Frames.frame(entry, false));
                    }
                });
            }
        });
    }

    /** Answer to a wait. */
    private record Ended(int statusCode) {}
}
