package dev.dormouse.daemon.api;

import dev.dormouse.daemon.api.http.HttpServer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The Docker Engine API. */
public final class DockerApi {
    private DockerApi() {}

    /** A server of the API, without a listening socket yet. */
    public static HttpServer server(EngineGate engine, EngineConfig config, Clock clock) {
        return HttpServer.create(new Changes(engine, new Router(routes(engine, config, clock))), Router.COMMON_HEADERS);
    }

    static List<Route> routes(EngineGate engine, EngineConfig config, Clock clock) {
        List<Route> routes = new ArrayList<>();
        routes.addAll(new SystemRouter(engine, config, new ProgramVersions()).routes());
        routes.addAll(new ReloadRouter(config).routes());
        routes.addAll(new EventsRouter(engine, clock).routes());
        routes.addAll(new ImagesRouter(engine).routes());
        routes.addAll(new RegistryRouter(engine).routes());
        routes.addAll(new ContainersRouter(engine, config, clock).routes());
        routes.addAll(new ContainerStreamsRouter(engine).routes());
        routes.addAll(new ExecRouter(engine).routes());
        routes.addAll(new NetworksRouter(engine).routes());
        return routes;
    }
}
