package dev.dormouse.daemon.image;

import dev.dormouse.daemon.error.EngineException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** How an archive is compressed, told by its first bytes. */
enum Compression {
    NONE("-"),
    GZIP("1f8b"),
    BZIP2("425a68"),
    XZ("fd377a585a00"),
    ZSTD("28b52ffd");

    private static final int LONGEST_MAGIC = 6;
    private static final int BUFFER = 64 << 10;

    private final String magic;

    /** @param magic the first bytes, hexadecimal */
    Compression(String magic) {
        this.magic = magic;
    }

    /**
     * What an archive holds, uncompressed as it is read.
     *
     * @throws EngineException.InvalidParameter if it is compressed in a way that an archive of images cannot be
     */
    static InputStream decompressed(InputStream stream) {
        BufferedInputStream buffered = new BufferedInputStream(stream, BUFFER);
        try {
            Compression compression = of(buffered);
            return switch (compression) {
                case NONE -> buffered;
                case GZIP -> new GZIPInputStream(buffered, BUFFER);
                case BZIP2 -> new BZip2CompressorInputStream(buffered, true);
                case XZ, ZSTD ->
                    throw new EngineException.InvalidParameter("the archive is compressed with "
                            + compression.name().toLowerCase(Locale.ROOT)
                            + "; docker load takes it plain or compressed with gzip or bzip2: decompress it first");
            };
        } catch (IOException e) {
            EngineException broken =
                    new EngineException.InvalidParameter("the archive's compression is broken: " + e.getMessage());
            broken.addSuppressed(e);
            throw broken;
        }
    }

    private static Compression of(BufferedInputStream stream) throws IOException {
        stream.mark(LONGEST_MAGIC);
        String start = HexFormat.of().formatHex(stream.readNBytes(LONGEST_MAGIC));
        stream.reset();
        for (Compression compression : values()) {
            if (start.startsWith(compression.magic)) {
                return compression;
            }
        }
        return NONE;
    }
}
