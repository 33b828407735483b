package dev.dormouse.daemon.api.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the time from the first byte of a request's head to its last, so that a client that never ends one does not hold its connection
 * for ever. Between requests a client may be silent as long as it likes, and a body may come as slowly. Stands before the codec; all on
 * the channel's event loop.
 */
final class HeadTimer extends ChannelInboundHandlerAdapter {
    private final Connection connection;
    private final Duration limit;
    private boolean between = true;
    private @Nullable Future<?> running;

    HeadTimer(Connection connection, Duration limit) {
        this.connection = connection;
        this.limit = limit;
    }

    /** For {@link RequestHeads#refusal}: the head did not come in time. */
    static final class HeadTooSlow extends RuntimeException {
        private static final long serialVersionUID = 1L;

        HeadTooSlow(Duration limit) {
            super("the request's head was not complete within " + limit.toMillis() + " ms");
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (between && !connection.isRaw()) {
            between = false;
            start(context);
        }
        context.fireChannelRead(message);
    }

    private void start(ChannelHandlerContext context) {
        running = context.executor().schedule(() -> end(context), limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A head has been read. */
    void headRead() {
        cancel();
    }

    /** A request has been read to its end. */
    void requestRead() {
        between = true;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        cancel();
        context.fireChannelInactive();
    }

    private void cancel() {
        if (running != null) {
            running.cancel(false);
            running = null;
        }
    }

    /** Too slow: put in as a request that cannot be read, so that those before it are answered first. */
    private void end(ChannelHandlerContext context) {
        if (!context.channel().config().isAutoRead()) {
            // It is we who do not read, as requests before this one have not been answered yet.
            start(context);
        } else if (!connection.isRaw()) {
            HttpRequest none = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
            none.setDecoderResult(DecoderResult.failure(new HeadTooSlow(limit)));
            connection.inbox().put(none);
        }
    }
}
