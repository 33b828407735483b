package dev.dormouse.daemon.api.http;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.ReferenceCountUtil;

/** Tells a client that there is no room for it. */
final class TooManyConnections extends ChannelInboundHandlerAdapter {
    private final int limit;

    TooManyConnections(int limit) {
        this.limit = limit;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        ChannelFuture _ = context.writeAndFlush(RequestHeads.refusal(
                        HttpResponseStatus.SERVICE_UNAVAILABLE,
                        "the engine has " + limit + " connections already, as many as its open-file limit allows;"
                                + " close some, or raise LimitNOFILE="))
                .addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
    }
}
