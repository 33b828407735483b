package dev.dormouse.daemon.api.wire;

import dev.dormouse.daemon.image.Image;
import java.util.List;
import java.util.Map;

/** Answer of {@code GET /images/{name}/json}. */
public record ImageView(
        String id,
        List<String> repoTags,
        List<String> repoDigests,
        String parent,
        String comment,
        String created,
        String dockerVersion,
        String author,
        ContainerConfigView config,
        String architecture,
        String os,
        long size,
        GraphDriver graphDriver,
        RootFs rootFS,
        Metadata metadata) {
    /** How layers are kept. */
    public record GraphDriver(String name, Map<String, String> data) {}

    /** The layers. */
    public record RootFs(String type, List<String> layers) {}

    /** What only this engine knows. */
    public record Metadata(String lastTagTime) {}

    /** An image as clients see it. */
    public static ImageView of(Image image) {
        return new ImageView(
                image.id().toString(),
                image.tags(),
                image.digests(),
                "",
                image.comment(),
                Moments.text(image.created()),
                "",
                image.author(),
                ContainerConfigView.of(image.config()),
                image.architecture(),
                image.os(),
                image.size(),
                new GraphDriver(ContainerView.GraphDriverView.DRIVER, Map.of()),
                new RootFs("layers", image.diffIds()),
                new Metadata(StateView.NEVER));
    }
}
