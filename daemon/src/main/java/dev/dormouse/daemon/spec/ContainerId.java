package dev.dormouse.daemon.spec;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A container's full id: 64 lower-case hexadecimal digits. */
public record ContainerId(String value) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");
    private static final SecureRandom RANDOM = new SecureRandom();

    public ContainerId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("container id must be 64 lower-case hexadecimal digits: " + value);
        }
    }

    /** A fresh random id. */
    public static ContainerId random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return new ContainerId(HexFormat.of().formatHex(bytes));
    }

    /** The first twelve digits, as clients show them. */
    public String abbreviated() {
        return value.substring(0, 12);
    }

    @Override
    public String toString() {
        return value;
    }
}
