package dev.dormouse.activator.http;

import java.util.Optional;

/**
 * What a client asks for.
 *
 * @param path as it was sent, with its query; {@code *} for the server itself
 * @param host in lower case, without port and without a dot at its end; empty where HTTP/1.0 names none
 * @param acceptsHtml whether it names {@code text/html} among what it takes, as browsers do
 */
public record RequestHead(String method, String path, Optional<String> host, boolean acceptsHtml) {
    /** Whether the answer has no body. */
    public boolean isHead() {
        return method.equals("HEAD");
    }

    /** Whether somebody looks at the answer in a browser, which may ask again by itself. */
    public boolean isPageView() {
        return acceptsHtml && (method.equals("GET") || isHead());
    }
}
