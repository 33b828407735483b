package dev.dormouse.daemon.store;

import dev.dormouse.daemon.spec.ContainerId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Something among the containers' folders that is none of them. Clients can name it, to remove it, by its name, if that is an id, or by
 * an id that is made from its name: the same each time.
 */
record ForeignEntry(ContainerId id, Path path) {
    static ForeignEntry of(Path path) {
        String name = String.valueOf(path.getFileName());
        return new ForeignEntry(NameLinks.id(name).orElseGet(() -> made(name)), path);
    }

    private static ContainerId made(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return new ContainerId(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
