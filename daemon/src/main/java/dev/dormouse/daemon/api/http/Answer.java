package dev.dormouse.daemon.api.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;

/** Writes the answer to one request. */
final class Answer {
    private final HttpRequest request;
    private final Outbox outbox;
    private final Presence presence;
    private final Map<String, String> commonHeaders;
    private final boolean keepAlive;
    private int status;

    Answer(
            HttpRequest request,
            Outbox outbox,
            Presence presence,
            Map<String, String> commonHeaders,
            boolean lastOfConnection) {
        this.request = request;
        this.outbox = outbox;
        this.presence = presence;
        this.commonHeaders = commonHeaders;
        this.keepAlive = HttpUtil.isKeepAlive(request) && !lastOfConnection;
    }

    /** What the client was told; 0 before it was told anything. */
    int status() {
        return status;
    }

    /** Whether the connection may go on. */
    boolean write(Reply reply, RequestHandler handler) {
        // No switch: over types it is put together at run time, too slowly for a cold start (decision 22).
        if (reply instanceof Reply.Bytes bytes) {
            return whole(bytes.status(), bytes.contentType(), bytes.body(), OptionalInt.empty());
        }
        if (reply instanceof Reply.Empty empty) {
            return whole(empty.status(), "", new byte[0], OptionalInt.empty());
        }
        if (reply instanceof Reply.Later(int seconds, Reply.Bytes bytes)) {
            return whole(bytes.status(), bytes.contentType(), bytes.body(), OptionalInt.of(seconds));
        }
        if (reply instanceof Reply.Stream stream) {
            return stream(stream, handler);
        }
        throw new IllegalStateException("a raw stream is no HTTP answer");
    }

    private boolean whole(int code, String contentType, byte[] body, OptionalInt retryAfter) {
        status = code;
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(code), content(body));
        commonHeaders.forEach(response.headers()::set);
        retryAfter.ifPresent(seconds -> response.headers().set(HttpHeaderNames.RETRY_AFTER, seconds));
        if (!contentType.isEmpty()) {
            response.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
        }
        // RFC 9110, 8.6: none with 204, and none is needed with 304.
        if (code != 204 && code != 304) {
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length);
        }
        HttpUtil.setKeepAlive(response, keepAlive);
        outbox.send(response);
        return keepAlive;
    }

    private ByteBuf content(byte[] body) {
        return HttpMethod.HEAD.equals(request.method()) ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body);
    }

    private boolean stream(Reply.Stream reply, RequestHandler handler) {
        ChunkedStream out = new ChunkedStream(reply.contentType(), outbox, commonHeaders, chunkable(), keepAlive);
        Exception failure;
        presence.watch();
        status = 200;
        try {
            reply.writer().write(out);
            out.finish();
            return out.keepsAlive();
        } catch (ReplyStream.ClientGone | InterruptedException e) {
            throw new ReplyStream.ClientGone("the client left its stream");
        } catch (IOException | RuntimeException e) {
            failure = e;
        } finally {
            presence.unwatch();
        }
        if (out.begun()) {
            // The missing last chunk tells the client; the log tells the administrator.
            handler.failure(failure);
            return false;
        }
        return write(handler.failure(failure), handler);
    }

    /** HTTP/1.0 knows no chunks: the body then ends with the connection. */
    private boolean chunkable() {
        return !HttpVersion.HTTP_1_0.equals(request.protocolVersion());
    }

    void writeRaw(String upgradedContentType, Reply.Writer writer) {
        boolean upgrade = request.headers().contains(HttpHeaderNames.UPGRADE);
        // The very bytes of dockerd's answer: its clients look for them.
        String head = upgrade
                ? "HTTP/1.1 101 UPGRADED\r\nContent-Type: " + upgradedContentType
                        + "\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n"
                : "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.docker.raw-stream\r\n\r\n";
        status = upgrade ? 101 : 200;
        RawStream out = new RawStream(head.getBytes(StandardCharsets.US_ASCII), outbox);
        presence.watch();
        try {
            out.begin();
            writer.write(out);
        } catch (IOException | InterruptedException e) {
            throw new ReplyStream.ClientGone("the raw stream broke off: " + e.getMessage());
        } finally {
            presence.unwatch();
        }
    }
}
