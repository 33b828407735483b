package dev.dormouse.daemon.api;

import dev.dormouse.daemon.api.http.Reply;
import dev.dormouse.daemon.api.wire.VersionView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The engine itself. These calls wait for nothing: they answer while the engine restores. */
final class SystemRouter {
    private final SystemInfo info;
    private final ProgramVersions programs;

    SystemRouter(EngineGate engine, EngineConfig config, ProgramVersions programs) {
        this.info = new SystemInfo(engine, config, programs);
        this.programs = programs;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/_ping", this::ping),
                Route.head("/_ping", this::ping),
                Route.get("/version", this::version),
                Route.get("/info", _ -> Json.reply(info.view())));
    }

    private Reply ping(Call call) {
        return new Reply.Bytes(200, "text/plain; charset=utf-8", "OK");
    }

    private Reply version(Call call) {
        HostFacts host = HostFacts.read();
        String architecture = System.getProperty("os.arch", "unknown");
        List<VersionView.Component> components = new ArrayList<>();
        components.add(new VersionView.Component(
                "Engine",
                EngineVersion.VERSION,
                Map.of(
                        "ApiVersion", ApiVersion.MAXIMUM.toString(),
                        "MinAPIVersion", ApiVersion.MINIMUM.toString(),
                        "Os", "linux",
                        "Arch", architecture,
                        "KernelVersion", host.kernel(),
                        "JavaVersion", System.getProperty("java.version", ""))));
        programs.all().forEach((name, version) -> components.add(new VersionView.Component(name, version, Map.of())));
        return Json.reply(new VersionView(
                new VersionView.Platform("Dormouse"),
                components,
                EngineVersion.VERSION,
                ApiVersion.MAXIMUM.toString(),
                ApiVersion.MINIMUM.toString(),
                "",
                "",
                "linux",
                architecture,
                host.kernel(),
                false,
                ""));
    }
}
