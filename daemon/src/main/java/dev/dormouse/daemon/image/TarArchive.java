package dev.dormouse.daemon.image;

import dev.dormouse.daemon.error.EngineException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;

/**
 * A tar whose members are looked up by name and read in place. Nothing is unpacked, so a member's name or link can lead nowhere
 * outside of the archive.
 */
final class TarArchive implements Closeable {
    /** Longest chain of links that is followed; docker save's are of one. */
    private static final int MOST_LINKS = 8;

    private final TarFile tar;
    private final Map<String, TarArchiveEntry> members;

    private TarArchive(TarFile tar, Map<String, TarArchiveEntry> members) {
        this.tar = tar;
        this.members = members;
    }

    /** @throws EngineException.InvalidParameter if it is no tar */
    static TarArchive of(SeekableByteChannel channel) {
        try {
            TarFile tar = new TarFile(channel);
            Map<String, TarArchiveEntry> members = new HashMap<>();
            // Of members with the same name the last one counts, as when they are unpacked (POSIX, pax).
            tar.getEntries().forEach(entry -> members.put(normalised(entry.getName()), entry));
            return new TarArchive(tar, members);
        } catch (IOException | IllegalArgumentException e) {
            EngineException broken =
                    new EngineException.InvalidParameter("the archive is not a tar: " + e.getMessage());
            broken.addSuppressed(e);
            throw broken;
        }
    }

    /** Whether there is such a file. */
    boolean has(String name) {
        return member(name).isPresent();
    }

    /**
     * A small file.
     *
     * @throws EngineException.InvalidParameter if it is missing or larger than {@code limit} bytes
     */
    byte[] read(String name, int limit) {
        TarArchiveEntry entry = require(name);
        if (entry.getRealSize() > limit) {
            throw new EngineException.InvalidParameter("the archive's " + name + " has " + entry.getRealSize()
                    + " bytes; at most " + limit + " are allowed");
        }
        try (InputStream stream = tar.getInputStream(entry)) {
            byte[] bytes = stream.readAllBytes();
            if (bytes.length != entry.getRealSize()) {
                throw new IOException("it ends after " + bytes.length + " of " + entry.getRealSize() + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    /**
     * A file of any size.
     *
     * @throws EngineException.InvalidParameter if it is missing
     */
    InputStream open(String name) {
        try {
            return tar.getInputStream(require(name));
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    @Override
    public void close() {
        try {
            tar.close();
        } catch (IOException e) {
            throw new EngineException.Failed("cannot close the archive: " + e.getMessage(), e);
        }
    }

    private TarArchiveEntry require(String name) {
        return member(name).orElseThrow(() -> new EngineException.InvalidParameter("the archive has no file " + name));
    }

    private Optional<TarArchiveEntry> member(String name) {
        String wanted = normalised(name);
        for (int links = 0; links <= MOST_LINKS; links++) {
            TarArchiveEntry entry = members.get(wanted);
            if (entry == null || isRegular(entry)) {
                return Optional.ofNullable(entry);
            }
            if (entry.isLink()) {
                wanted = normalised(entry.getLinkName());
            } else if (entry.isSymbolicLink()) {
                wanted = normalised(wanted + "/../" + entry.getLinkName());
            } else {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static boolean isRegular(TarArchiveEntry entry) {
        return entry.isFile() && !entry.isLink() && !entry.isSymbolicLink();
    }

    private static EngineException unreadable(String name, IOException e) {
        EngineException broken =
                new EngineException.InvalidParameter("cannot read the archive's " + name + ": " + e.getMessage());
        broken.addSuppressed(e);
        return broken;
    }

    /** Without {@code .}, {@code ..} and empty parts; what leads out of the archive ends at its root. */
    private static String normalised(String name) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : name.split("/", -1)) {
            switch (part) {
                case "", "." -> {}
                case ".." -> parts.pollLast();
                default -> parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }
}
