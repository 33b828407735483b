package dev.dormouse.daemon.image;

import java.util.List;
import java.util.Optional;

/**
 * An image in an archive, its configuration's digest checked.
 *
 * @param layers base first, as many as the configuration has
 */
record ArchivedImage(List<ImageReference> names, String configuration, List<Layer> layers) {
    /** Most bytes that a manifest or a configuration may have: what registries allow. */
    static final int DOCUMENT_LIMIT = 4 << 20;

    ArchivedImage {
        names = List.copyOf(names);
        layers = List.copyOf(layers);
    }

    /**
     * A layer's file in the archive.
     *
     * @param digest of the file as it is there, if the archive tells it
     */
    record Layer(String file, Optional<String> digest) {}
}
