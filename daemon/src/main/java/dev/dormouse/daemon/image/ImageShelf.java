package dev.dormouse.daemon.image;

import dev.dormouse.daemon.error.EngineException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The images there are. Reading takes no lock; changes are made one at a time, each in an order that leaves, wherever the engine dies,
 * the catalogue as it was or as it was to be, and beside it at most layers and records without an image, which the next start
 * removes.
 */
final class ImageShelf {
    private static final Logger LOG = LoggerFactory.getLogger(ImageShelf.class);

    /** As many digits as clients show. */
    private static final int SHORTEST = 12;

    private final ImageFiles files;
    private final LayerStore layers;
    private volatile Map<ImageId, BrokenImage> broken;
    private final ReentrantLock changing = new ReentrantLock();
    private volatile Catalogue catalogue;

    private ImageShelf(ImageFiles files, LayerStore layers, ImageFiles.Restored restored) {
        this.files = files;
        this.layers = layers;
        this.broken = restored.broken();
        this.catalogue = restored.catalogue();
    }

    /** Reads what is there and removes what a crash has left. */
    static ImageShelf restore(ImageFiles files, LayerStore layers) {
        ImageFiles.Restored restored = files.restore();
        files.sweep(restored);
        if (restored.broken().isEmpty()) {
            sweep(layers, restored.catalogue().layerIds());
        } else {
            LOG.warn("layers that no image has are kept: they may be of the images whose records are broken");
        }
        return new ImageShelf(files, layers, restored);
    }

    Catalogue catalogue() {
        return catalogue;
    }

    /** Those whose records cannot be used, by id. */
    List<BrokenImage> broken() {
        return broken.values().stream()
                .filter(image -> !catalogue.images().containsKey(image.id()))
                .sorted(Comparator.comparing(image -> image.id().hex()))
                .toList();
    }

    /** Builds an image; nothing else changes the shelf meanwhile. */
    StoredImage add(Collection<ImageReference> names, Maker maker) {
        changing.lock();
        try (LayerAssembly assembly = new LayerAssembly(layers, catalogue.layersByChain())) {
            StoredImage image = maker.make(assembly);
            try {
                files.write(image);
                replace(catalogue.with(image, names));
            } catch (RuntimeException e) {
                if (!isTakenBack(image.id(), e)) {
                    assembly.keep();
                }
                throw e;
            }
            assembly.keep();
            return image;
        } finally {
            changing.unlock();
        }
    }

    /**
     * Gives an image more names, if there is such an image.
     *
     * @return whether there is
     */
    boolean name(ImageId id, Collection<ImageReference> names) {
        changing.lock();
        try {
            Optional<StoredImage> image = Optional.ofNullable(catalogue.images().get(id));
            if (image.isPresent() && !names.stream().allMatch(name -> catalogue.isNamed(name, id))) {
                replace(catalogue.with(image.get(), names));
            }
            return image.isPresent();
        } finally {
            changing.unlock();
        }
    }

    /** Changes names, or takes images away with the layers that no other has; nothing else changes the shelf meanwhile. */
    void change(Consumer<Change> change) {
        changing.lock();
        try {
            change.accept(new Change());
        } finally {
            changing.unlock();
        }
    }

    /**
     * After an image that could not be added: whether its layers can go, because nothing on the disk will name it. What fails or is
     * interrupted only after {@code tags.json} was replaced leaves an image there that is none here. Where it cannot be taken back its
     * layers stay, and the next start has either the whole image or removes them.
     */
    private boolean isTakenBack(ImageId id, RuntimeException why) {
        if (broken.containsKey(id)) {
            return false; // it is named as long as it is broken, and its record may be whole by now
        }
        try {
            Uninterrupted.run(() -> {
                if (files.mayName(id)) {
                    files.commit(catalogue, broken);
                }
            });
            return true;
        } catch (EngineException e) {
            why.addSuppressed(e);
            return false;
        }
    }

    private void replace(Catalogue next) {
        files.commit(next, broken);
        catalogue = next;
    }

    private static void sweep(LayerStore layers, Set<String> used) {
        for (String id : layers.ids().reversed()) {
            if (!used.contains(id)) {
                LOG.info("removing layer {}, which no image has", id);
                removeOrReport(layers, id);
            }
        }
    }

    /** The image it was of is gone for good, so this is not its removal's failure; the next start tries again. */
    private static void removeOrReport(LayerStore layers, String id) {
        try {
            layers.remove(id);
        } catch (EngineException e) {
            LOG.warn("layer {} stays until the next start: {}", id, e.getMessage());
        }
    }

    /** Makes the layers of an image and tells which image that is. */
    @FunctionalInterface
    interface Maker {
        StoredImage make(LayerAssembly assembly);
    }

    /** Steps of a change, each durable when it returns. */
    final class Change {
        private Change() {}

        Catalogue catalogue() {
            return catalogue;
        }

        void name(StoredImage image, ImageReference name) {
            replace(catalogue.with(image, List.of(name)));
        }

        void unname(Collection<ImageReference> names) {
            replace(catalogue.withoutNames(names));
        }

        /** A broken image by its full id, or an abbreviation of twelve digits or more that means no other. */
        Optional<BrokenImage> broken(String reference) {
            String digits = reference.startsWith("sha256:") ? reference.substring("sha256:".length()) : reference;
            List<BrokenImage> found = ImageShelf.this.broken().stream()
                    .filter(image ->
                            digits.length() >= SHORTEST && image.id().hex().startsWith(digits))
                    .toList();
            return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
        }

        /** Nobody knows its layers: those that no other image has are swept away at the next start. */
        void remove(BrokenImage image) {
            Map<ImageId, BrokenImage> fewer = new HashMap<>(broken);
            fewer.remove(image.id());
            files.commit(catalogue, fewer);
            broken = Map.copyOf(fewer);
            files.delete(image.id());
        }

        /** The chain ids of the layers that went with it, topmost first. */
        List<String> remove(StoredImage image) {
            replace(catalogue.without(image.id()));
            files.delete(image.id());
            Set<String> used = new HashSet<>(catalogue.layerIds());
            List<String> chain = LayerChain.of(image.description().diffIds());
            List<String> removed = new ArrayList<>();
            for (int i = chain.size() - 1; i >= 0; i--) {
                String layer = image.layers().get(i).id();
                if (!used.contains(layer)) {
                    removeOrReport(layers, layer);
                    removed.add(chain.get(i));
                }
            }
            return List.copyOf(removed);
        }
    }
}
