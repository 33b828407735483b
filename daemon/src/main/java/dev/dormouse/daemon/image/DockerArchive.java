package dev.dormouse.daemon.image;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.dormouse.daemon.error.EngineException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What {@code docker save} writes: a {@code manifest.json} that names each image's configuration, names and layers. */
final class DockerArchive {
    static final String MANIFEST = "manifest.json";

    private DockerArchive() {}

    static List<ArchivedImage> images(TarArchive archive) {
        byte[] json = archive.read(MANIFEST, ArchivedImage.DOCUMENT_LIMIT);
        Blobs blobs = new Blobs(archive);
        return ImageJson.readList(json, Manifest.class, DockerArchive::invalid).stream()
                .map(manifest -> image(manifest, blobs))
                .toList();
    }

    private static ArchivedImage image(Manifest manifest, Blobs blobs) {
        String configuration = manifest.config();
        if (configuration == null) {
            throw invalid("Config: is missing");
        }
        return new ArchivedImage(
                names(manifest.repoTags()),
                blobs.document(configuration),
                Optional.ofNullable(manifest.layers()).orElse(List.of()).stream()
                        .map(file -> new ArchivedImage.Layer(file, Blobs.promised(file)))
                        .toList());
    }

    private static List<ImageReference> names(@Nullable List<String> repoTags) {
        return repoTags == null
                ? List.of()
                : repoTags.stream().map(name -> ImageReference.toGive(name, "")).toList();
    }

    private static EngineException invalid(String why) {
        return new EngineException.InvalidParameter("the archive's " + MANIFEST + " is not valid: " + why);
    }

    /** One image of {@code manifest.json}. */
    record Manifest(
            @JsonProperty("Config") @Nullable String config,
            @JsonProperty("RepoTags") @Nullable List<String> repoTags,
            @JsonProperty("Layers") @Nullable List<String> layers) {}
}
