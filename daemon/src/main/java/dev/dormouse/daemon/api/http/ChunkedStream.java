package dev.dormouse.daemon.api.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Map;

/** A body in chunks (RFC 9112, 7.1), or, for HTTP/1.0, which knows none, one that ends with the connection. */
final class ChunkedStream implements ReplyStream {
    private final String contentType;
    private final Outbox outbox;
    private final Map<String, String> commonHeaders;
    private final boolean chunked;
    private final boolean keepAlive;
    private boolean begun;

    ChunkedStream(
            String contentType, Outbox outbox, Map<String, String> commonHeaders, boolean chunked, boolean keepAlive) {
        this.contentType = contentType;
        this.outbox = outbox;
        this.commonHeaders = commonHeaders;
        this.chunked = chunked;
        this.keepAlive = keepAlive && chunked;
    }

    @Override
    public void begin() {
        if (begun) {
            return;
        }
        begun = true;
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        commonHeaders.forEach(response.headers()::set);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
        if (chunked) {
            HttpUtil.setTransferEncodingChunked(response, true);
        }
        HttpUtil.setKeepAlive(response, keepAlive);
        outbox.send(response);
    }

    @Override
    public void write(byte[] bytes) {
        begin();
        if (bytes.length > 0) {
            outbox.send(new DefaultHttpContent(Unpooled.wrappedBuffer(bytes)));
        }
    }

    boolean begun() {
        return begun;
    }

    boolean keepsAlive() {
        return keepAlive;
    }

    void finish() {
        begin();
        outbox.send(LastHttpContent.EMPTY_LAST_CONTENT);
    }
}
