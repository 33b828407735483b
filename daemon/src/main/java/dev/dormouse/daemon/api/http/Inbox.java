package dev.dormouse.daemon.api.http;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What has been read from a connection and not been taken yet. Filled by the event loop, emptied by the connection's own thread;
 * reading from the socket stops while it is full, which is the back-pressure of uploads and of pipelined requests.
 */
final class Inbox {
    private static final int FULL_BYTES = 256 * 1024;
    /** Charged for every message beyond its content, so that empty requests count too. */
    private static final int MESSAGE_BYTES = 512;

    private final Channel channel;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<HttpObject> messages = new ArrayDeque<>();
    private int bytes;
    private boolean ended;

    Inbox(Channel channel) {
        this.channel = channel;
    }

    /** Takes over the message. */
    void put(HttpObject message) {
        lock.lock();
        try {
            if (ended) {
                ReferenceCountUtil.release(message);
                return;
            }
            messages.add(message);
            bytes += charge(message);
            if (bytes >= FULL_BYTES) {
                channel.config().setAutoRead(false);
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more will come. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Blocks for the next message, which the caller releases; empty once the client has ended. */
    Optional<HttpObject> take() {
        lock.lock();
        try {
            while (messages.isEmpty() && !ended) {
                changed.awaitUninterruptibly();
            }
            HttpObject message = messages.poll();
            if (message == null) {
                return Optional.empty();
            }
            bytes -= charge(message);
            if (bytes < FULL_BYTES / 2 && !channel.config().isAutoRead()) {
                channel.config().setAutoRead(true);
            }
            return Optional.of(message);
        } finally {
            lock.unlock();
        }
    }

    /** Ends, and gives up what is left. */
    void discard() {
        lock.lock();
        try {
            ended = true;
            messages.forEach(ReferenceCountUtil::release);
            messages.clear();
            changed.signal();
            channel.config().setAutoRead(true);
        } finally {
            lock.unlock();
        }
    }

    private static int charge(HttpObject message) {
        return MESSAGE_BYTES
                + (message instanceof HttpContent content ? content.content().readableBytes() : 0);
    }
}
