package dev.dormouse.daemon.api.http;

import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/**
 * One request.
 *
 * @param path as sent, still percent-encoded, without the query
 * @param headers names in lower case; of a repeated header the first
 * @param body blocks until bytes come; ends early with an {@link java.io.IOException} if the client goes away
 */
public record Request(
        Method method, String path, Query query, Map<String, String> headers, InputStream body, Optional<Peer> peer) {
    /** A header's value. */
    public Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName));
    }
}
