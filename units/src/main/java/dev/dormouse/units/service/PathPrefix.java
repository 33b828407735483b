package dev.dormouse.units.service;

import java.util.regex.Pattern;

/**
 * Paths of HTTP requests that begin alike: the path itself and what is below it, or with a slash at the end what is below it alone. Compared
 * as it is written, before any decoding: it says who wakes a service, not who may read what.
 */
public record PathPrefix(String text) {
    /** RFC 3986, 3.3. */
    private static final Pattern FORM = Pattern.compile("/(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2}){0,1023}");

    /**
     * Reads a prefix.
     *
     * @throws DeclarationException with what is allowed
     */
    public static PathPrefix parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new DeclarationException("'" + text
                    + "' is no path: it begins with a slash, is percent-encoded, and has no '?', '#' or blanks");
        }
        return new PathPrefix(text);
    }

    /** Whether a request's path, with or without query, begins so. */
    public boolean matches(String path) {
        if (!path.startsWith(text)) {
            return false;
        }
        return text.endsWith("/") || path.length() == text.length() || "/?".indexOf(path.charAt(text.length())) >= 0;
    }

    @Override
    public String toString() {
        return text;
    }
}
