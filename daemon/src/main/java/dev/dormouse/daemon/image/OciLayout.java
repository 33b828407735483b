package dev.dormouse.daemon.image;

import dev.dormouse.daemon.error.EngineException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A tar of an OCI image layout (image-layout.md): {@code index.json} and blobs named by their digest. */
final class OciLayout {
    static final String INDEX = "index.json";

    private static final String CONTAINERD_NAME = "io.containerd.image.name";
    private static final String REF_NAME = "org.opencontainers.image.ref.name";
    /** What buildkit adds beside an image: not one to run. */
    private static final String ATTESTATION = "vnd.docker.reference.type";

    private static final int DEEPEST_INDEX = 3;

    private final Blobs blobs;
    private final String architecture;

    private OciLayout(Blobs blobs, String architecture) {
        this.blobs = blobs;
        this.architecture = architecture;
    }

    /** @param architecture of this machine: which image is taken where there is one for each of several */
    static List<ArchivedImage> images(TarArchive archive, String architecture) {
        OciLayout layout = new OciLayout(new Blobs(archive), architecture);
        Index index = ImageJson.read(
                archive.read(INDEX, ArchivedImage.DOCUMENT_LIMIT), Index.class, why -> invalid(INDEX, why));
        List<ArchivedImage> images = new ArrayList<>();
        for (Descriptor descriptor : layout.runnable(index)) {
            images.add(layout.image(descriptor, names(descriptor), DEEPEST_INDEX));
        }
        return images;
    }

    private ArchivedImage image(Descriptor descriptor, List<ImageReference> names, int depth) {
        String file = file(descriptor);
        byte[] json = blobs.document(file).getBytes(StandardCharsets.UTF_8);
        Document document = ImageJson.read(json, Document.class, why -> invalid(file, why));
        if (document.manifests() != null) {
            List<Descriptor> runnable = runnable(new Index(document.manifests()));
            if (runnable.isEmpty() || depth == 0) {
                throw invalid(file, "it has no image for linux/" + architecture);
            }
            return image(runnable.getFirst(), names, depth - 1);
        }
        Descriptor config = document.config();
        if (config == null) {
            throw invalid(file, "config: is missing");
        }
        return new ArchivedImage(
                names,
                blobs.document(file(config)),
                Optional.ofNullable(document.layers()).orElse(List.of()).stream()
                        .map(layer -> new ArchivedImage.Layer(file(layer), Optional.ofNullable(layer.digest())))
                        .toList());
    }

    /** Images for this machine; where none says so, all that are images. */
    private List<Descriptor> runnable(Index index) {
        List<Descriptor> images = Optional.ofNullable(index.manifests()).orElse(List.of()).stream()
                .filter(descriptor -> !descriptor.notes().containsKey(ATTESTATION))
                .toList();
        List<Descriptor> fitting = images.stream()
                .filter(descriptor -> descriptor.fits(architecture))
                .toList();
        return fitting.isEmpty() ? images : fitting;
    }

    /** Writers put a full name in either annotation; a lone word in the second is a tag without a name. */
    private static List<ImageReference> names(Descriptor descriptor) {
        return Optional.ofNullable(descriptor.notes().get(CONTAINERD_NAME))
                .or(() -> Optional.ofNullable(descriptor.notes().get(REF_NAME))
                        .filter(name -> name.contains("/") || name.contains(":")))
                .map(name -> ImageReference.toGive(name, ""))
                .stream()
                .toList();
    }

    private static String file(Descriptor descriptor) {
        String digest = descriptor.digest();
        if (digest == null) {
            throw invalid(INDEX, "a descriptor has no digest");
        }
        return Blobs.file(digest);
    }

    private static EngineException invalid(String file, String why) {
        return new EngineException.InvalidParameter("the archive's " + file + " is not valid: " + why);
    }

    /** {@code index.json}. */
    record Index(@Nullable List<Descriptor> manifests) {}

    /** A manifest, or an index where it has {@code manifests}. */
    record Document(
            @Nullable Descriptor config,
            @Nullable List<Descriptor> layers,
            @Nullable List<Descriptor> manifests) {}

    /** Points to a blob. */
    record Descriptor(
            @Nullable String digest,
            @Nullable Map<String, String> annotations,
            @Nullable Platform platform) {
        Map<String, String> notes() {
            return annotations == null ? Map.of() : annotations;
        }

        boolean fits(String machine) {
            return platform == null || platform.equals(new Platform(machine, "linux"));
        }
    }

    /** What an image is for. */
    record Platform(@Nullable String architecture, @Nullable String os) {}
}
