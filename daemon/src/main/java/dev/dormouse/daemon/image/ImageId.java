package dev.dormouse.daemon.image;

import java.util.regex.Pattern;

/**
 * An image's id: the SHA-256 digest of its OCI configuration.
 *
 * @param hex 64 lower-case hexadecimal digits, without {@code sha256:}
 */
public record ImageId(String hex) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    public ImageId {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("image id must be 64 lower-case hexadecimal digits: " + hex);
        }
    }

    /** {@code sha256:…}, as clients show and send it. */
    @Override
    public String toString() {
        return "sha256:" + hex;
    }
}
