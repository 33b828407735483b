package dev.dormouse.daemon.image;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.registry.Descriptor;
import dev.dormouse.daemon.registry.Manifest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An image of which manifest and configuration are here, and of whose layers some may be. */
final class PulledImage {
    /** How often layers may be removed by others while they are counted on. */
    private static final int MOST_ROUNDS = 3;

    private final List<Descriptor> layers;
    private final List<String> diffIds;
    private final List<String> chain;
    private final String configuration;
    private final List<ImageReference> names;

    /** @throws EngineException.InvalidParameter if the configuration is not valid, or not this manifest's */
    PulledImage(Manifest.Image manifest, String configuration, List<ImageReference> names) {
        this.layers = manifest.layers();
        this.diffIds = ImageDescription.parse(configuration).diffIds();
        this.chain = LayerChain.of(diffIds);
        this.configuration = configuration;
        this.names = names;
        if (diffIds.size() != layers.size()) {
            throw new EngineException.InvalidParameter(
                    "invalid manifest, layers length mismatch: expected " + diffIds.size() + ", got " + layers.size());
        }
    }

    ImageId id() {
        return new ImageId(Sha256.hex(Sha256.of(configuration.getBytes(StandardCharsets.UTF_8))));
    }

    /** A layer that no image has any more, though it was there when the pull began. */
    private static final class LayerGone extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LayerGone(int layer) {
            super("layer " + layer + " was removed meanwhile", null, false, false);
        }
    }

    /** Downloads the layers that are missing, and puts the image on the shelf. */
    void assemble(ImageShelf shelf, Function<Descriptor, LayerDownloads.Share> download, Consumer<PullNews> news)
            throws InterruptedException {
        Map<Integer, LayerDownloads.Share> shares = new HashMap<>();
        try {
            for (int round = 1; ; round++) {
                int present = present(shelf.catalogue());
                for (int i = 0; i < layers.size(); i++) {
                    if (i < present) {
                        stage(news, i, "Already exists");
                    } else if (!shares.containsKey(i)) {
                        stage(news, i, "Pulling fs layer");
                        shares.put(i, download.apply(layers.get(i)));
                    }
                }
                Map<Integer, LayerFile> files = await(shares);
                try {
                    shelf.add(names, assembly -> make(assembly, files, news));
                    return;
                } catch (LayerGone e) {
                    if (round == MOST_ROUNDS) {
                        throw new EngineException.Conflict(e.getMessage() + ", again and again; pull again");
                    }
                }
            }
        } finally {
            shares.values().forEach(LayerDownloads.Share::close);
        }
    }

    private int present(Catalogue catalogue) {
        var known = catalogue.layersByChain();
        int present = 0;
        while (present < chain.size() && known.containsKey(chain.get(present))) {
            present++;
        }
        return present;
    }

    private StoredImage make(LayerAssembly assembly, Map<Integer, LayerFile> files, Consumer<PullNews> news) {
        for (int i = 0; i < diffIds.size(); i++) {
            LayerFile file = files.get(i);
            if (file == null && !assembly.has(chain.get(i))) {
                throw new LayerGone(i + 1);
            }
            add(assembly, i, file, news);
        }
        return StoredImage.of(configuration, assembly.layers());
    }

    private void add(LayerAssembly assembly, int i, @Nullable LayerFile file, Consumer<PullNews> news) {
        if (file == null) {
            assembly.add(diffIds.get(i), _ -> {});
            return;
        }
        Descriptor layer = layers.get(i);
        assembly.add(
                diffIds.get(i),
                output -> file.copyTo(
                        output,
                        bytes -> news.accept(new PullNews.Progress(
                                layer.digest().abbreviated(), "Extracting", bytes, layer.size()))));
        stage(news, i, "Pull complete");
    }

    /** All of them, or the first failure of any. */
    private static Map<Integer, LayerFile> await(Map<Integer, LayerDownloads.Share> shares)
            throws InterruptedException {
        CompletableFuture<?>[] ends =
                shares.values().stream().map(LayerDownloads.Share::end).toArray(CompletableFuture<?>[]::new);
        CompletableFuture<@Nullable Void> all = CompletableFuture.allOf(ends);
        for (CompletableFuture<?> end : ends) {
            var _ = end.exceptionally(failure -> {
                all.completeExceptionally(failure);
                return null;
            });
        }
        try {
            all.get();
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
        Map<Integer, LayerFile> files = new HashMap<>();
        shares.forEach((layer, share) -> files.put(layer, share.end().join()));
        return files;
    }

    private static RuntimeException failure(@Nullable Throwable cause) {
        return switch (cause) {
            case EngineException known -> known;
            case CompletionException wrapped -> failure(wrapped.getCause());
            case RuntimeException unexpected -> unexpected;
            case null, default -> new IllegalStateException(cause);
        };
    }

    private void stage(Consumer<PullNews> news, int layer, String status) {
        news.accept(new PullNews.Stage(layers.get(layer).digest().abbreviated(), status));
    }
}
