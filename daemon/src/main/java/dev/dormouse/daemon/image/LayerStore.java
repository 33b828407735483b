package dev.dormouse.daemon.image;

import dev.dormouse.daemon.process.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Layers on disk. It knows nothing of images: which layers are needed, and which are equal, the caller knows. A layer is there whole or
 * not at all, whenever the engine dies. Calls that change it are made one at a time.
 */
interface LayerStore {
    /**
     * Unpacks a layer's tar (plain, gzip, bzip2, xz or zstd) as overlayfs wants it.
     *
     * @param parent the id of the layer below; absent: a base
     * @throws dev.dormouse.daemon.error.EngineException.InvalidParameter if it is no such tar
     */
    Layer add(Optional<String> parent, Program.Input tar);

    /** Removes a layer that is no other's parent; nothing if there is none of this id. */
    void remove(String id);

    /** Every layer that is there, each before those that stand on it. */
    List<String> ids();

    /** Where a layer's files are: a directory for overlayfs's {@code lowerdir}. */
    Path directory(String id);

    /**
     * A layer that was added.
     *
     * @param id the store's own name of it, fresh for every layer
     * @param diffId {@code sha256:…} of the uncompressed tar
     * @param size of its files, in bytes, each hard-linked file once
     */
    record Layer(String id, String diffId, long size) {}
}
