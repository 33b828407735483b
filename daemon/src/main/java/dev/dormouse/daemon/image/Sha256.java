package dev.dormouse.daemon.image;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Digests as the OCI image specification writes them: {@code sha256:} and 64 lower-case hexadecimal digits. */
final class Sha256 {
    private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final int BUFFER = 64 << 10;

    private Sha256() {}

    static boolean isDigest(String text) {
        return FORM.matcher(text).matches();
    }

    /** The 64 digits of a digest. */
    static String hex(String digest) {
        if (!isDigest(digest)) {
            throw new IllegalArgumentException("not a sha256 digest: " + digest);
        }
        return digest.substring("sha256:".length());
    }

    static String of(byte[] bytes) {
        return form(algorithm().digest(bytes));
    }

    /** Of everything that is left in the stream; does not close it. */
    static String of(InputStream stream) throws IOException {
        MessageDigest algorithm = algorithm();
        byte[] buffer = new byte[BUFFER];
        int count = stream.read(buffer);
        while (count >= 0) {
            algorithm.update(buffer, 0, count);
            count = stream.read(buffer);
        }
        return form(algorithm.digest());
    }

    private static String form(byte[] digest) {
        return "sha256:" + HexFormat.of().formatHex(digest);
    }

    private static MessageDigest algorithm() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
