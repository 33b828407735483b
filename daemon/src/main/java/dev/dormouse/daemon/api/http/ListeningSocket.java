package dev.dormouse.daemon.api.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.nio.file.Path;

/** A listening stream socket. */
public sealed interface ListeningSocket {
    /** A path to bind; nothing may be there. */
    record Unix(Path path) implements ListeningSocket {}

    /** A listening unix socket that this process inherited; it does not block. */
    record InheritedUnix(int descriptor) implements ListeningSocket {}

    /** A listening TCP socket that this process inherited; it does not block. */
    record InheritedTcp(int descriptor) implements ListeningSocket {}

    /**
     * Begins to accept.
     *
     * @throws IOException if the path cannot be bound, or the descriptor is none that can be used
     */
    default Channel open(ServerBootstrap bootstrap) throws IOException {
        return switch (this) {
            case Unix unix ->
                opened(bootstrap
                        .channel(EpollServerDomainSocketChannel.class)
                        .bind(new DomainSocketAddress(unix.path().toString())));
            case InheritedUnix unix ->
                inherited(bootstrap, () -> new EpollServerDomainSocketChannel(unix.descriptor()));
            case InheritedTcp tcp -> inherited(bootstrap, () -> new EpollServerSocketChannel(tcp.descriptor()));
        };
    }

    private Channel inherited(ServerBootstrap bootstrap, ChannelFactory<ServerChannel> factory) throws IOException {
        // A channel that is made on a unix descriptor is taken for unbound and would never begin by itself.
        return opened(bootstrap.channelFactory(factory).register()).read();
    }

    private Channel opened(ChannelFuture opening) throws IOException {
        Throwable failure = opening.awaitUninterruptibly().cause();
        if (failure != null) {
            throw new IOException("cannot listen on " + this + ": " + failure.getMessage(), failure);
        }
        return opening.channel();
    }
}
