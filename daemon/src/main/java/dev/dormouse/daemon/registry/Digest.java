package dev.dormouse.daemon.registry;

import dev.dormouse.daemon.error.EngineException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What content is named by: its SHA-256 (OCI image specification, descriptor.md, "Digests").
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Digest(String hex) {
    private static final Pattern FORM = Pattern.compile("sha256:(?<hex>[0-9a-f]{64})");
    private static final int SHORT = 12;

    /**
     * Reads {@code sha256:…}.
     *
     * @param field where it stands, for the error
     * @throws EngineException.InvalidParameter if it is of another algorithm or form
     */
    public static Digest parse(String field, String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new EngineException.InvalidParameter(
                    field + ": '" + Quoted.of(text) + "' is not sha256: and 64 lower-case hexadecimal digits");
        }
        return new Digest(matcher.group("hex"));
    }

    /** Of these bytes. */
    public static Digest of(byte[] bytes) {
        return of(algorithm(), bytes);
    }

    /** What {@link #algorithm} has been given. */
    static Digest of(MessageDigest given, byte[] last) {
        return new Digest(HexFormat.of().formatHex(given.digest(last)));
    }

    static MessageDigest algorithm() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** As clients show it: the first twelve digits. */
    public String abbreviated() {
        return hex.substring(0, SHORT);
    }

    @Override
    public String toString() {
        return "sha256:" + hex;
    }
}
