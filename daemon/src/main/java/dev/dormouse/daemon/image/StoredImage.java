package dev.dormouse.daemon.image;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An image without its names, which alone can change.
 *
 * @param configuration the bytes that {@code id} is the digest of, as text
 * @param layers base first
 */
record StoredImage(ImageId id, String configuration, ImageDescription description, List<StoredLayer> layers) {
    StoredImage {
        layers = List.copyOf(layers);
    }

    /**
     * Of this configuration and the layers it tells of.
     *
     * @throws dev.dormouse.daemon.error.EngineException.InvalidParameter if the configuration is not valid
     */
    static StoredImage of(String configuration, List<StoredLayer> layers) {
        ImageId id = new ImageId(Sha256.hex(Sha256.of(configuration.getBytes(StandardCharsets.UTF_8))));
        return new StoredImage(id, configuration, ImageDescription.parse(configuration), layers);
    }

    List<String> layerIds() {
        return layers.stream().map(StoredLayer::id).toList();
    }

    /** With its names, as callers see it. */
    Image named(List<String> tags, List<String> digests) {
        return new Image(
                id,
                List.copyOf(tags),
                List.copyOf(digests),
                description.config(),
                description.created(),
                layers.stream().mapToLong(StoredLayer::size).sum(),
                description.diffIds(),
                layerIds(),
                description.architecture(),
                description.os(),
                description.author(),
                description.comment());
    }

    /**
     * One layer of an image.
     *
     * @param id the layer store's
     * @param size of its files, in bytes
     */
    record StoredLayer(String id, long size) {}
}
