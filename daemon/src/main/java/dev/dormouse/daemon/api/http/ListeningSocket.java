package dev.dormouse.daemon.api.http;

import dev.dormouse.units.libc.Libc;
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
                        .channelFactory(() -> new EpollServerDomainSocketChannel(nonBlocking(unix.descriptor())))
                        .register()
                        .syncUninterruptibly()
                        .channel();
            case InheritedTcp tcp ->
                bootstrap
                        .channelFactory(() -> new EpollServerSocketChannel(nonBlocking(tcp.descriptor())))
                        .register()
                        .syncUninterruptibly()
                        .channel();
        };
    }

    /** systemd passes sockets that block; Netty accepts until it would block, and would stand still there. */
    private static int nonBlocking(int descriptor) {
        int flags = Libc.fcntl(descriptor, Libc.F_GETFL, 0);
        Libc.fcntl(descriptor, Libc.F_SETFL, flags | Libc.O_NONBLOCK);
        return descriptor;
    }
}
