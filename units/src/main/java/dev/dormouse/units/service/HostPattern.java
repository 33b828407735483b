package dev.dormouse.units.service;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names of hosts that clients may ask for: one, or with {@code *.} in front all below it.
 *
 * @param text in lower case
 */
public record HostPattern(String text) {
    private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";
    private static final Pattern FORM =
            Pattern.compile("(\\*\\.)?" + LABEL + "(\\." + LABEL + ")*|\\[[0-9a-f:.]{2,45}]");
    private static final int LONGEST = 253;
    private static final String ANY_BELOW = "*.";

    /**
     * Reads a pattern.
     *
     * @throws DeclarationException with what is allowed
     */
    public static HostPattern parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.length() > LONGEST || !FORM.matcher(lower).matches()) {
            throw new DeclarationException("'" + text + "' is no host: give a name without port, as shop.example, or"
                    + " *.shop.example for all below it; other letters than ASCII in their xn-- form");
        }
        return new HostPattern(lower);
    }

    /**
     * Whether a host is meant.
     *
     * @param host in lower case, without a dot at its end
     */
    public boolean matches(String host) {
        return text.startsWith(ANY_BELOW)
                ? host.length() > text.length() - 1 && host.endsWith(text.substring(1))
                : host.equals(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
