package dev.dormouse.daemon.image;

import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps what comes from outside from filling the disk. Of one file, and not thread-safe. */
final class DiskRoom {
    private static final long CHECK_EVERY = 16L << 20;

    private final Path folder;
    private final long reserve;
    private final String what;
    private final String again;
    private long unchecked = CHECK_EVERY;

    private DiskRoom(Path folder, long reserve, String what, String again) {
        this.folder = folder;
        this.reserve = reserve;
        this.what = what;
        this.again = again;
    }

    /**
     * For what a client sends.
     *
     * @param folder on the disk whose space bounds it
     * @param reserve bytes that must stay free there
     */
    static DiskRoom ofArchive(Path folder, long reserve) {
        return new DiskRoom(folder, reserve, "the archive", "send it again");
    }

    /** For a layer that a registry sends. */
    static DiskRoom ofLayer(Path folder, long reserve) {
        return new DiskRoom(folder, reserve, "the layer", "pull again");
    }

    /**
     * To be called before so many bytes are written.
     *
     * @throws EngineException.Failed if the disk has no room for them
     */
    void take(long bytes) {
        unchecked += bytes;
        if (unchecked >= CHECK_EVERY) {
            require();
            unchecked = 0;
        }
    }

    private void require() {
        long free;
        try {
            free = Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            throw new EngineException.Failed("cannot tell the free space of " + folder + ": " + e.getMessage(), e);
        }
        if (free < reserve) {
            throw new EngineException.Failed("no room for " + what + ": the disk of " + folder + " has " + (free >> 20)
                    + " MiB left, and " + (reserve >> 20) + " MiB must stay free; free some space and " + again);
        }
    }
}
