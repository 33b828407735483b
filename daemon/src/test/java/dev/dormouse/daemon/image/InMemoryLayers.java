package dev.dormouse.daemon.image;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.fault.Faults;
import dev.dormouse.daemon.process.Program;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Layers without a disk: what images are tested on. It can be told to fail, as a full disk does or an engine that is killed. */
final class InMemoryLayers implements LayerStore {
    private final Map<String, Optional<String>> parents = new LinkedHashMap<>();
    private int next;
    private int readTars;
    private boolean refusing;

    /** Every removal fails until it is ended. */
    Refusal refuseRemovals() {
        refusing = true;
        return () -> refusing = false;
    }

    /** How many tars were unpacked, or tried to. */
    int readTars() {
        return readTars;
    }

    @Override
    public Layer add(Optional<String> parent, Program.Input tar) {
        if (parent.isPresent() && !parents.containsKey(parent.get())) {
            throw new EngineException.Failed("layer not known: " + parent.get());
        }
        Faults.pass("import", "layer");
        readTars++;
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        try {
            tar.writeTo(received);
            byte[] plain = Compression.decompressed(new ByteArrayInputStream(received.toByteArray()))
                    .readAllBytes();
            Layer layer = new Layer("layer" + next++, Sha256.of(plain), size(plain));
            parents.put(layer.id(), parent);
            return layer;
        } catch (IOException e) {
            throw new EngineException.InvalidParameter("the file system is not a tar archive: " + e.getMessage());
        }
    }

    @Override
    public void remove(String id) {
        Faults.pass("delete", "layer");
        if (refusing || parents.containsValue(Optional.of(id))) {
            throw new EngineException.Failed("layer has children, or is to stay: " + id);
        }
        parents.remove(id);
    }

    @Override
    public List<String> ids() {
        return new ArrayList<>(parents.keySet());
    }

    @Override
    public Path directory(String id) {
        return Path.of("/layers", id, "diff");
    }

    private static long size(byte[] plain) throws IOException {
        long size = 0;
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(plain))) {
            TarArchiveEntry entry = tar.getNextEntry();
            if (entry == null && plain.length < 512) {
                throw new IOException("unexpected EOF");
            }
            while (entry != null) {
                size += tar.transferTo(OutputStream.nullOutputStream());
                entry = tar.getNextEntry();
            }
        }
        return size;
    }

    /** Of removals. */
    interface Refusal {
        void end();
    }
}
