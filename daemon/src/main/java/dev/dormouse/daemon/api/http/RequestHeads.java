package dev.dormouse.daemon.api.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Netty's request heads as ours, and the answers to heads that are none. */
final class RequestHeads {
    static final int LINE_BYTES = 16 * 1024;
    static final int HEADER_BYTES = 32 * 1024;
    private static final int QUERY_PARAMETERS = 1024;

    private RequestHeads() {}

    static Optional<Method> method(HttpRequest head) {
        return Arrays.stream(Method.values())
                .filter(method -> method.name().equals(head.method().name()))
                .findAny();
    }

    /** The request; empty if its query is none, which must not be quoted in an answer or a log. */
    static Optional<Request> request(Method method, HttpRequest head, InputStream body, Optional<Peer> peer) {
        String uri = head.uri();
        int question = uri.indexOf('?');
        String path = question < 0 ? uri : uri.substring(0, question);
        Map<String, String> headers = new HashMap<>();
        head.headers()
                .forEach(header -> headers.putIfAbsent(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        return query(uri, question).map(query -> new Request(method, path, query, headers, body, peer));
    }

    private static Optional<Query> query(String uri, int question) {
        if (question < 0) {
            return Optional.of(new Query(Map.of()));
        }
        try {
            return Optional.of(new Query(new QueryStringDecoder(
                            uri.substring(question + 1), StandardCharsets.UTF_8, false, QUERY_PARAMETERS, true)
                    .parameters()));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** RFC 9110 and RFC 6585: 414 and 431 for what is too long, 400 for what is no HTTP. */
    static FullHttpResponse refusal(DecoderResult failure) {
        return switch (failure.cause()) {
            case TooLongHttpLineException _ ->
                refusal(
                        HttpResponseStatus.REQUEST_URI_TOO_LONG,
                        "request line is longer than " + LINE_BYTES + " bytes");
            case TooLongHttpHeaderException _ ->
                refusal(
                        HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                        "request headers are longer than " + HEADER_BYTES + " bytes");
            case HeadTimer.HeadTooSlow slow ->
                refusal(HttpResponseStatus.REQUEST_TIMEOUT, String.valueOf(slow.getMessage()));
            case null, default -> refusal(HttpResponseStatus.BAD_REQUEST, "malformed HTTP request");
        };
    }

    static FullHttpResponse refusal(HttpResponseStatus status, String message) {
        byte[] body = ("{\"message\":\"" + message + "\"}\n").getBytes(StandardCharsets.UTF_8);
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return response;
    }
}
