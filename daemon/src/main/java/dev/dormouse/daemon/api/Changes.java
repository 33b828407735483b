package dev.dormouse.daemon.api;

import dev.dormouse.daemon.api.http.Reply;
import dev.dormouse.daemon.api.http.Request;
import dev.dormouse.daemon.api.http.RequestHandler;

/** Keeps requests that may change something from an engine that is stopping. */
record Changes(EngineGate engine, RequestHandler next) implements RequestHandler {
    @Override
    public Reply handle(Request request) throws Exception {
        if (request.method().mutates()) {
            engine.requireChangeable();
        }
        return next.handle(request);
    }

    @Override
    public Reply failure(Exception cause) {
        return next.failure(cause);
    }
}
