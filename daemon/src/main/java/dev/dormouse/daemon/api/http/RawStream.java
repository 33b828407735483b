package dev.dormouse.daemon.api.http;

import io.netty.buffer.Unpooled;

/** Bytes as they are, after a head. */
final class RawStream implements ReplyStream {
    private final byte[] head;
    private final Outbox outbox;
    private boolean begun;

    RawStream(byte[] head, Outbox outbox) {
        this.head = head;
        this.outbox = outbox;
    }

    @Override
    public void begin() {
        if (!begun) {
            begun = true;
            outbox.send(Unpooled.wrappedBuffer(head));
        }
    }

    @Override
    public void write(byte[] bytes) {
        begin();
        outbox.send(Unpooled.wrappedBuffer(bytes));
    }
}
