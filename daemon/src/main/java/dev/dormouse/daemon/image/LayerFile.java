package dev.dormouse.daemon.image;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.registry.BlobSink;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A layer as it comes from a registry, on disk. Like a {@link Spool} its file has no name any more once it is open; unlike a spool's it
 * can be begun again, and an interrupted reader does not close it for the others.
 */
final class LayerFile implements BlobSink, Closeable {
    private static final int BUFFER = 256 << 10;

    private final RandomAccessFile file;
    private final Path folder;
    private final DiskRoom room;

    private LayerFile(RandomAccessFile file, Path folder, DiskRoom room) {
        this.file = file;
        this.folder = folder;
        this.room = room;
    }

    /**
     * An empty one.
     *
     * @param folder on the disk whose space bounds it
     * @param reserve bytes that must stay free there
     */
    static LayerFile in(Path folder, long reserve) {
        try {
            Files.createDirectories(folder);
            Path name = Files.createTempFile(folder, "", "");
            try {
                return new LayerFile(
                        new RandomAccessFile(name.toFile(), "rw"), folder, DiskRoom.ofLayer(folder, reserve));
            } finally {
                Files.deleteIfExists(name);
            }
        } catch (IOException e) {
            throw new EngineException.Failed("cannot write in " + folder + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void write(ByteBuffer bytes) {
        room.take(bytes.remaining());
        byte[] piece = new byte[bytes.remaining()];
        bytes.get(piece);
        try {
            file.write(piece);
        } catch (IOException e) {
            throw new EngineException.Failed("cannot write in " + folder + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void restart() {
        try {
            file.setLength(0);
        } catch (IOException e) {
            throw new EngineException.Failed("cannot write in " + folder + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads all of it, once it is written. One at a time.
     *
     * @param read is told how many bytes were read so far
     */
    void copyTo(OutputStream output, java.util.function.LongConsumer read) throws IOException {
        byte[] buffer = new byte[BUFFER];
        file.seek(0);
        long total = 0;
        for (int count = file.read(buffer); count >= 0; count = file.read(buffer)) {
            output.write(buffer, 0, count);
            total += count;
            read.accept(total);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new EngineException.Failed("cannot close a layer in " + folder + ": " + e.getMessage(), e);
        }
    }
}
