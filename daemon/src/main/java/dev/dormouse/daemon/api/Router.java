package dev.dormouse.daemon.api;

import dev.dormouse.daemon.api.http.Reply;
import dev.dormouse.daemon.api.http.Request;
import dev.dormouse.daemon.api.http.RequestHandler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the route of a request, with or without a version before its path ({@code /v1.47/…}). */
final class Router implements RequestHandler {
    /** What dockerd sends with every answer. */
    static final Map<String, String> COMMON_HEADERS = Map.of(
            "Api-Version",
            ApiVersion.MAXIMUM.toString(),
            "Docker-Experimental",
            "false",
            "Ostype",
            "linux",
            "Server",
            "Dormouse/" + EngineVersion.VERSION + " (linux)");

    private static final Pattern VERSIONED = Pattern.compile("/v(\\d[^/]*)(/.*)");

    private final List<Route> routes;

    Router(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    @Override
    public Reply handle(Request request) throws Exception {
        Matcher versioned = VERSIONED.matcher(request.path());
        boolean prefixed = versioned.matches();
        String path = prefixed ? versioned.group(2) : request.path();
        for (Route route : routes) {
            if (route.method() == request.method()) {
                Optional<String> name = route.path().match(path);
                if (name.isPresent()) {
                    ApiVersion version = prefixed ? ApiVersion.parse(versioned.group(1)) : ApiVersion.MAXIMUM;
                    return route.endpoint().answer(new Call(request, name.get(), version));
                }
            }
        }
        return Errors.message(404, "page not found");
    }

    @Override
    public Reply failure(Exception cause) {
        return Errors.reply(cause);
    }
}
