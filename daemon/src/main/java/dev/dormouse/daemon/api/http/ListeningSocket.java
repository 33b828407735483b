package dev.dormouse.daemon.api.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.file.Path;

/** A listening stream socket. */
public sealed interface ListeningSocket {
    /** A path to bind; nothing may be there. */
    record Unix(Path path) implements ListeningSocket {}

    /** A listening unix socket that this process inherited. */
    record InheritedUnix(int descriptor) implements ListeningSocket {}

    /** A listening TCP socket that this process inherited. */
    record InheritedTcp(int descriptor) implements ListeningSocket {}

    /** Begins to accept. */
    default Channel open(ServerBootstrap bootstrap) {
        return switch (this) {
            case Unix unix ->
                bootstrap
                        .channel(EpollServerDomainSocketChannel.class)
                        .bind(new DomainSocketAddress(unix.path().toString()))
                        .syncUninterruptibly()
                        .channel();
            case InheritedUnix unix ->
                bootstrap
                        .channelFactory(() -> new EpollServerDomainSocketChannel(unix.descriptor()))
                        .register()
                        .syncUninterruptibly()
                        .channel();
            case InheritedTcp tcp ->
                bootstrap
                        .channelFactory(() -> new EpollServerSocketChannel(tcp.descriptor()))
                        .register()
                        .syncUninterruptibly()
                        .channel();
        };
    }
}
