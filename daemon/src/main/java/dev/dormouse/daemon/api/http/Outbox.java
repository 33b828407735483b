package dev.dormouse.daemon.api.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Sends to a connection and waits while the client reads too slowly. Written to by the connection's own thread. */
final class Outbox {
    private final Channel channel;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    Outbox(Channel channel) {
        this.channel = channel;
    }

    /** Sends a message, and blocks while too much is unsent. */
    void send(Object message) {
        ChannelFuture _ = channel.writeAndFlush(message);
        lock.lock();
        try {
            while (!channel.isWritable() && channel.isActive()) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
        if (!channel.isActive()) {
            throw new ReplyStream.ClientGone("the client closed the connection");
        }
    }

    /** Sends what is left, and then the end of it; the client may go on to send. */
    void end() {
        ChannelFuture _ = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> {
            ChannelFuture _ = ((DuplexChannel) channel).shutdownOutput();
        });
    }

    /** Sends what is left and closes. */
    void close(Object lastMessage) {
        ChannelFuture _ = channel.writeAndFlush(lastMessage).addListener(ChannelFutureListener.CLOSE);
    }

    /** From the event loop: the channel became writable, or inactive. */
    void wake() {
        lock.lock();
        try {
            changed.signal();
        } finally {
            lock.unlock();
        }
    }
}
