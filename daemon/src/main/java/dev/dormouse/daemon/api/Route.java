package dev.dormouse.daemon.api;

import dev.dormouse.daemon.api.http.Method;
import dev.dormouse.daemon.api.http.Reply;

/** Which calls go where. */
record Route(Method method, PathPattern path, Endpoint endpoint) {
    static Route get(String path, Endpoint endpoint) {
        return new Route(Method.GET, PathPattern.of(path), endpoint);
    }

    static Route head(String path, Endpoint endpoint) {
        return new Route(Method.HEAD, PathPattern.of(path), endpoint);
    }

    static Route post(String path, Endpoint endpoint) {
        return new Route(Method.POST, PathPattern.of(path), endpoint);
    }

    static Route delete(String path, Endpoint endpoint) {
        return new Route(Method.DELETE, PathPattern.of(path), endpoint);
    }

    /** Answers one kind of call; may block. */
    @FunctionalInterface
    interface Endpoint {
        Reply answer(Call call) throws Exception;
    }
}
