package dev.dormouse.daemon.image;

import dev.dormouse.daemon.error.EngineException;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * What a client sends, on disk before it is worked on, so that a slow client holds nothing up. The file has no name any more once it is
 * open: however the engine ends, the kernel frees it.
 */
final class Spool implements Closeable {
    /** Left to others however much a client sends. */
    static final long RESERVE = 256L << 20;

    private static final int BUFFER = 256 << 10;

    private final FileChannel channel;

    private Spool(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Reads a stream to its end.
     *
     * @param folder on the disk whose space bounds it
     * @param reserve bytes that must stay free there
     * @throws EngineException.InvalidParameter if the stream breaks off
     * @throws EngineException.Failed if the disk has no room for it
     */
    static Spool of(InputStream stream, Path folder, long reserve) {
        FileChannel channel = open(folder);
        try {
            copy(stream, channel, folder, reserve);
            return new Spool(channel);
        } catch (RuntimeException e) {
            closeAfter(channel, e);
            throw e;
        }
    }

    /** Removes what an engine left that was killed in the instant between making a file and taking its name away. */
    static void sweep(Path folder) {
        if (Files.notExists(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new EngineException.Failed("cannot empty " + folder + ": " + e.getMessage(), e);
        }
    }

    /** The whole of it, at its start; closed with the spool. */
    SeekableByteChannel channel() {
        try {
            return channel.position(0);
        } catch (IOException e) {
            throw new EngineException.Failed("cannot read what the client sent: " + e.getMessage(), e);
        }
    }

    /** The whole of it from its start; closing the stream leaves the spool open. */
    InputStream stream() {
        InputStream all = Channels.newInputStream(channel());
        return new FilterInputStream(all) {
            @Override
            public void close() {
                // The channel is the spool's.
            }
        };
    }

    boolean isEmpty() {
        try {
            return channel.size() == 0;
        } catch (IOException e) {
            throw new EngineException.Failed("cannot read what the client sent: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new EngineException.Failed("cannot close what the client sent: " + e.getMessage(), e);
        }
    }

    private static FileChannel open(Path folder) {
        try {
            Files.createDirectories(folder);
            return FileChannel.open(
                    folder.resolve(UUID.randomUUID().toString()),
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            throw new EngineException.Failed("cannot write in " + folder + ": " + e.getMessage(), e);
        }
    }

    private static void copy(InputStream stream, FileChannel channel, Path folder, long reserve) {
        byte[] buffer = new byte[BUFFER];
        DiskRoom room = DiskRoom.ofArchive(folder, reserve);
        int count = read(stream, buffer);
        while (count >= 0) {
            room.take(count);
            write(channel, ByteBuffer.wrap(buffer, 0, count), folder);
            count = read(stream, buffer);
        }
    }

    private static int read(InputStream stream, byte[] buffer) {
        try {
            return stream.read(buffer);
        } catch (IOException e) {
            EngineException broken =
                    new EngineException.InvalidParameter("the archive could not be read to its end: " + e.getMessage());
            broken.addSuppressed(e);
            throw broken;
        }
    }

    private static void write(FileChannel channel, ByteBuffer bytes, Path folder) {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new EngineException.Failed("cannot write in " + folder + ": " + e.getMessage(), e);
        }
    }

    private static void closeAfter(FileChannel channel, RuntimeException failure) {
        try {
            channel.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
