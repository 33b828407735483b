package dev.dormouse.daemon.registry;

import java.util.List;
import java.util.Optional;

/** What a tag or a digest names in a registry. */
public sealed interface Manifest {
    /** Of the document itself: the digest that users see and give. */
    Digest digest();

    /**
     * One image.
     *
     * @param layers base first
     */
    record Image(Digest digest, Descriptor config, List<Descriptor> layers) implements Manifest {
        public Image {
            layers = List.copyOf(layers);
        }
    }

    /** An image for each of several platforms. */
    record Index(Digest digest, List<Entry> entries) implements Manifest {
        public Index {
            entries = List.copyOf(entries);
        }

        /**
         * One of them, or an index again.
         *
         * @param platform absent: it does not say
         */
        record Entry(Descriptor descriptor, Optional<Platform> platform) {}
    }
}
