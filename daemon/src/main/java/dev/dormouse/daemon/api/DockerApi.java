package dev.dormouse.daemon.api;

import dev.dormouse.daemon.api.http.HttpServer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The Docker Engine API. */
public final class DockerApi {
    private DockerApi() {}

    /** A server of the API, without a listening socket yet. */
    public static HttpServer server(EngineGate engine, Clock clock) {
        return HttpServer.create(new Changes(engine, new Router(routes(engine, clock))), Router.COMMON_HEADERS);
    }

    static List<Route> routes(EngineGate engine, Clock clock) {
        List<Route> routes = new ArrayList<>();
        routes.addAll(new SystemRouter(engine, new ProgramVersions()).routes());
        routes.addAll(new EventsRouter(engine, clock).routes());
        routes.addAll(new ImagesRouter(engine).routes());
        routes.addAll(new ContainersRouter(engine, clock).routes());
        routes.addAll(new ContainerStreamsRouter(engine).routes());
        routes.addAll(new NetworksRouter(engine).routes());
        return routes;
    }
}
