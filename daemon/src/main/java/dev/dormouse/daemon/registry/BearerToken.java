package dev.dormouse.daemon.registry;

import java.util.regex.Pattern;

/** A token of a registry's token service. */
record BearerToken(String value) {
    /** What a header may have (RFC 9110, 5.5), and no blank: else the HTTP client would refuse it in a message that quotes it. */
    private static final Pattern SENDABLE = Pattern.compile("[\\x21-\\x7e]{1,65536}");

    static boolean isSendable(String text) {
        return SENDABLE.matcher(text).matches();
    }

    String header() {
        return "Bearer " + value;
    }

    @Override
    public String toString() {
        return "BearerToken[secret]";
    }
}
