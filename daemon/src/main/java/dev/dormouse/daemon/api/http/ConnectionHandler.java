package dev.dormouse.daemon.api.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The event loop's side of a connection: fills the inbox, and tells the connection's thread what happened. */
final class ConnectionHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionHandler.class);

    private final Connection connection;
    private final HeadTimer timer;

    ConnectionHandler(Connection connection, HeadTimer timer) {
        this.connection = connection;
        this.timer = timer;
    }

    /** Of a unix socket; a TCP connection has none. */
    static Optional<Peer> peer(Channel channel) {
        if (channel instanceof io.netty.channel.epoll.EpollDomainSocketChannel unix) {
            try {
                var credentials = unix.peerCredentials();
                return Optional.of(new Peer(credentials.uid(), credentials.gids()[0], credentials.pid()));
            } catch (IOException e) {
                LOG.debug("SO_PEERCRED failed on a connection that is already gone: {}", e.getMessage());
            }
        }
        return Optional.empty();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        connection.start(peer(context.channel()));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            timer.headRead();
        }
        if (message instanceof LastHttpContent) {
            timer.requestRead();
        }
        if (message instanceof HttpObject http && !connection.isRaw()) {
            connection.inbox().put(http);
        } else if (message instanceof ByteBuf bytes && connection.isDialogue()) {
            connection.inbox().put(new DefaultHttpContent(bytes));
        } else {
            // A raw stream's input: no container of this engine has its standard input open.
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        connection.outbox().wake();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            connection.inputEnded();
            if (connection.isRaw()) {
                HalfClosed.watch(context.channel());
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        connection.closed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("connection broken: {}", cause.toString());
        ChannelFuture _ = context.close();
    }
}
