package dev.dormouse.daemon.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.dormouse.daemon.api.http.Reply;
import dev.dormouse.daemon.api.wire.ImageSummary;
import dev.dormouse.daemon.api.wire.ImageView;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.image.Image;
import dev.dormouse.daemon.image.ImageId;
import dev.dormouse.daemon.image.Images;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Images. */
final class ImagesRouter {
    private final EngineGate engine;

    ImagesRouter(EngineGate engine) {
        this.engine = engine;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/images/create", this::create),
                Route.post("/images/load", this::load),
                Route.get("/images/json", this::list),
                Route.get("/images/{name}/json", call -> Json.reply(ImageView.of(images().get(call.name())))),
                Route.post("/images/{name}/tag", this::tag),
                Route.delete("/images/{name}", this::remove));
    }

    private Images images() throws InterruptedException {
        return engine.parts().images();
    }

    private Reply create(Call call) throws InterruptedException {
        Optional<String> pulled = call.query().text("fromImage");
        if (pulled.isPresent()) {
            return PullAnswer.of(call, pulled.get(), images());
        }
        String source = call.query()
                .text("fromSrc")
                .orElseThrow(() -> new EngineException.InvalidParameter(
                        "query parameter fromImage must be the image to pull, or fromSrc must be -"));
        if (!source.equals("-")) {
            throw new EngineException.NotImplemented(
                    "importing from a URL is not implemented: fetch the file and give it to docker import");
        }
        String tag = call.query().text("tag").orElse("");
        Optional<String> reference =
                call.query().text("repo").map(repository -> tag.isEmpty() ? repository : repository + ":" + tag);
        Image image = images().importTar(
                        call.request().body(),
                        reference,
                        call.query().all("changes"),
                        call.query().text("message").orElse(""));
        return new Reply.Bytes(
                200, Json.CONTENT_TYPE, Json.line(Progress.status(image.id().toString())));
    }

    private Reply load(Call call) throws InterruptedException {
        StringBuilder lines = new StringBuilder();
        for (Image image : images().load(call.request().body())) {
            List<String> names = image.tags().isEmpty()
                    ? List.of("Loaded image ID: " + image.id())
                    : image.tags().stream().map(name -> "Loaded image: " + name).toList();
            for (String name : names) {
                lines.append(
                        new String(Json.line(Progress.stream(name + "\n")), java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        return new Reply.Bytes(200, Json.CONTENT_TYPE, lines.toString());
    }

    private Reply list(Call call) throws InterruptedException {
        ImageFilter filter = ImageFilter.of(call, images());
        return Json.reply(
                images().list().stream().filter(filter).map(ImageSummary::of).toList());
    }

    private Reply tag(Call call) throws InterruptedException {
        String repository = call.query()
                .text("repo")
                .orElseThrow(
                        () -> new EngineException.InvalidParameter("query parameter repo must be the new repository"));
        images().tag(call.name(), repository, call.query().text("tag").orElse(""));
        return new Reply.Empty(201);
    }

    private Reply remove(Call call) throws InterruptedException {
        List<ImageId> inUse = engine.parts().containers().list().stream()
                .map(container -> container.record().image())
                .distinct()
                .toList();
        return Json.reply(images().remove(call.name(), call.query().flag("force"), inUse).stream()
                .map(ImagesRouter::line)
                .toList());
    }

    private static Map<String, String> line(Images.Removal removal) {
        Map<String, String> line = new LinkedHashMap<>();
        switch (removal) {
            case Images.Removal.Untagged untagged -> line.put("Untagged", untagged.name());
            case Images.Removal.Deleted deleted -> line.put("Deleted", deleted.id());
        }
        return line;
    }

    /** One line of a progress stream. */
    private record Progress(
            @Nullable @JsonProperty("status") String status,
            @Nullable @JsonProperty("stream") String stream) {
        static Progress status(String text) {
            return new Progress(text, null);
        }

        static Progress stream(String text) {
            return new Progress(null, text);
        }
    }
}
