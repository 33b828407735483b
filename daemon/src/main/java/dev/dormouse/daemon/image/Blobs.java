package dev.dormouse.daemon.image;

import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files of an archive that are named by their digest, checked against it. */
final class Blobs {
    /** {@code blobs/sha256/HEX} of an OCI layout, {@code HEX.json} of docker save, {@code sha256:HEX} of other writers. */
    private static final Pattern NAMED_BY_DIGEST =
            Pattern.compile("(?:blobs/sha256/|sha256:|)(?<hex>[0-9a-f]{64})(?:\\.json)?");

    private final TarArchive archive;

    Blobs(TarArchive archive) {
        this.archive = archive;
    }

    /** The digest that a file's name promises. */
    static Optional<String> promised(String file) {
        Matcher matcher = NAMED_BY_DIGEST.matcher(file);
        return matcher.matches() ? Optional.of("sha256:" + matcher.group("hex")) : Optional.empty();
    }

    /** Where an OCI layout keeps a blob. */
    static String file(String digest) {
        if (!Sha256.isDigest(digest)) {
            throw new EngineException.InvalidParameter(
                    "the archive names a blob '" + digest + "'; allowed is sha256: and 64 hexadecimal digits");
        }
        return "blobs/sha256/" + Sha256.hex(digest);
    }

    /**
     * A document.
     *
     * @throws EngineException.InvalidParameter if it is missing, too large, not what its digest says or not UTF-8
     */
    String document(String file) {
        byte[] bytes = archive.read(file, ArchivedImage.DOCUMENT_LIMIT);
        Optional<String> promised = promised(file);
        if (promised.isPresent()) {
            require(file, promised.get(), Sha256.of(bytes));
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            EngineException invalid = new EngineException.InvalidParameter("the archive's " + file + " is not UTF-8");
            invalid.addSuppressed(e);
            throw invalid;
        }
    }

    /**
     * Reads a layer through and checks its digest, if it has one.
     *
     * @throws EngineException.InvalidParameter if it is missing or not what its digest says
     */
    void check(ArchivedImage.Layer layer) {
        try (InputStream stream = archive.open(layer.file())) {
            if (layer.digest().isPresent()) {
                require(layer.file(), layer.digest().get(), Sha256.of(stream));
            }
        } catch (IOException e) {
            EngineException broken = new EngineException.InvalidParameter(
                    "cannot read the archive's " + layer.file() + ": " + e.getMessage());
            broken.addSuppressed(e);
            throw broken;
        }
    }

    private static void require(String file, String promised, String actual) {
        if (!promised.equals(actual)) {
            throw new EngineException.InvalidParameter("the archive's " + file + " has the digest " + actual
                    + " and not " + promised + ": it was damaged or changed");
        }
    }
}
