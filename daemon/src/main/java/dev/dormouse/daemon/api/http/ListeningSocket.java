package dev.dormouse.daemon.api.http;

import dev.dormouse.units.libc.Libc;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.nio.file.Path;

/** A listening stream socket. */
public sealed interface ListeningSocket {
    /** A path to bind; nothing may be there. */
    record Unix(Path path) implements ListeningSocket {
        @Override
        public ChannelFuture begin(ServerBootstrap bootstrap) {
            return bootstrap
                    .channel(EpollServerDomainSocketChannel.class)
                    .bind(new DomainSocketAddress(path.toString()));
        }

        @Override
        public String toString() {
            return "unix://" + path;
        }
    }

    /** A listening unix socket that this process inherited. */
    record InheritedUnix(int descriptor) implements ListeningSocket {
        @Override
        public ChannelFuture begin(ServerBootstrap bootstrap) {
            return bootstrap
                    .channelFactory(() -> new EpollServerDomainSocketChannel(nonBlocking(descriptor), true))
                    .register();
        }

        @Override
        public String toString() {
            return "fd://" + descriptor;
        }
    }

    /** A listening TCP socket that this process inherited. */
    record InheritedTcp(int descriptor) implements ListeningSocket {
        @Override
        public ChannelFuture begin(ServerBootstrap bootstrap) {
            return bootstrap
                    .channelFactory(() -> new EpollServerSocketChannel(nonBlocking(descriptor)))
                    .register();
        }

        @Override
        public String toString() {
            return "fd://" + descriptor;
        }
    }

    /** Gives the bootstrap its channel, and begins to open it. */
    ChannelFuture begin(ServerBootstrap bootstrap);

    /**
     * Begins to accept.
     *
     * @throws IOException if the path cannot be bound, or the descriptor is none that can be used
     */
    default Channel open(ServerBootstrap bootstrap) throws IOException {
        ChannelFuture opening = begin(bootstrap);
        Throwable failure = opening.awaitUninterruptibly().cause();
        if (failure != null) {
            throw new IOException("cannot listen on " + this + ": " + failure.getMessage(), failure);
        }
        return opening.channel();
    }

    /** systemd passes sockets that block; Netty accepts until it would block, and would stand still there. */
    private static int nonBlocking(int descriptor) {
        int flags = Libc.fcntl(descriptor, Libc.F_GETFL, 0);
        Libc.fcntl(descriptor, Libc.F_SETFL, flags | Libc.O_NONBLOCK);
        return descriptor;
    }
}
