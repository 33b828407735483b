package dev.dormouse.daemon.image;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.process.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The layers of one image to be: those that an image has already are shared, the others are unpacked and checked. Layers of an assembly
 * that is closed before it was {@linkplain #keep kept} are removed again. Used by one thread.
 */
final class LayerAssembly implements AutoCloseable {
    private final LayerStore store;
    private final Map<String, StoredImage.StoredLayer> known;
    private final List<StoredImage.StoredLayer> layers = new ArrayList<>();
    private final List<String> diffIds = new ArrayList<>();
    private final List<String> added = new ArrayList<>();

    /** @param known layers that images are made of, by chain id */
    LayerAssembly(LayerStore store, Map<String, StoredImage.StoredLayer> known) {
        this.store = store;
        this.known = known;
    }

    /** Whether an image has a layer of this chain id, so that its tar is not read. */
    boolean has(String chainId) {
        return known.containsKey(chainId);
    }

    /** The next layer, of which it is known what it must be. {@code tar} is not read where it can be shared. */
    void add(String diffId, Program.Input tar) {
        diffIds.add(diffId);
        Optional<StoredImage.StoredLayer> shared = shared();
        if (shared.isPresent()) {
            layers.add(shared.get());
            return;
        }
        LayerStore.Layer layer = unpack(tar);
        if (!layer.diffId().equals(diffId)) {
            throw new EngineException.InvalidParameter("layer " + diffIds.size() + " of the image has the digest "
                    + layer.diffId() + " uncompressed and not " + diffId + ", as its configuration says");
        }
        layers.add(new StoredImage.StoredLayer(layer.id(), layer.size()));
    }

    /** The next layer, whatever it is; its digest. */
    String add(Program.Input tar) {
        LayerStore.Layer layer = unpack(tar);
        diffIds.add(layer.diffId());
        Optional<StoredImage.StoredLayer> shared = shared();
        if (shared.isPresent()) {
            added.removeLast();
            store.remove(layer.id());
        }
        layers.add(shared.orElseGet(() -> new StoredImage.StoredLayer(layer.id(), layer.size())));
        return layer.diffId();
    }

    /** What was added so far, base first. */
    List<StoredImage.StoredLayer> layers() {
        return List.copyOf(layers);
    }

    /** An image has them now. */
    void keep() {
        added.clear();
    }

    /** Whether or not the thread was interrupted meanwhile, which would interrupt the removal too. */
    @Override
    public void close() {
        Uninterrupted.run(() -> {
            added.reversed().forEach(store::remove);
            added.clear();
        });
    }

    private LayerStore.Layer unpack(Program.Input tar) {
        Optional<String> parent = layers.isEmpty()
                ? Optional.empty()
                : Optional.of(layers.getLast().id());
        LayerStore.Layer layer = store.add(parent, tar);
        added.add(layer.id());
        return layer;
    }

    private Optional<StoredImage.StoredLayer> shared() {
        return Optional.ofNullable(known.get(LayerChain.of(diffIds).getLast()));
    }
}
