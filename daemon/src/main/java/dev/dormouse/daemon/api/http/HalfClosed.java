package dev.dormouse.daemon.api.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/**
 * Notices that a client whose half-close was seen has gone altogether. epoll then says EPOLLHUP, which Netty ignores, and a quiet stream
 * writes nothing that could fail. A write of no bytes sends nothing, but the kernel refuses it once the peer has closed
 * (unix_stream_sendmsg: EPIPE after SEND_SHUTDOWN).
 */
final class HalfClosed {
    private static final long SECONDS = 2;
    private static final ByteBuffer NOTHING = Unpooled.directBuffer(1, 1).nioBuffer(0, 1);

    private HalfClosed() {}

    /** From the channel's event loop. */
    static void watch(Channel channel) {
        Future<?> look = channel.eventLoop()
                .scheduleWithFixedDelay(() -> look((UnixChannel) channel), SECONDS, SECONDS, TimeUnit.SECONDS);
        ChannelFuture _ = channel.closeFuture().addListener(_ -> look.cancel(false));
    }

    private static void look(UnixChannel channel) {
        try {
            int _ = channel.fd().write(NOTHING, 0, 0);
        } catch (IOException _) {
            ChannelFuture _ = channel.close();
        }
    }
}
