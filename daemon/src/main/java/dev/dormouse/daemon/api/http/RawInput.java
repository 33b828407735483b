package dev.dormouse.daemon.api.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.util.ReferenceCountUtil;
import java.io.InputStream;
import java.util.Optional;

/** What comes in on a connection that speaks no HTTP any more. For one thread. */
final class RawInput extends InputStream {
    private final Inbox inbox;
    private ByteBuf current = Unpooled.EMPTY_BUFFER;

    RawInput(Inbox inbox) {
        this.inbox = inbox;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        while (!current.isReadable()) {
            current.release();
            current = Unpooled.EMPTY_BUFFER;
            Optional<HttpObject> next = inbox.take();
            if (next.isEmpty()) {
                return -1;
            }
            if (next.get() instanceof HttpContent content) {
                current = content.content();
            } else {
                ReferenceCountUtil.release(next.get());
            }
        }
        int count = Math.min(length, current.readableBytes());
        current.readBytes(bytes, offset, count);
        if (!current.isReadable()) {
            current.release();
            current = Unpooled.EMPTY_BUFFER;
        }
        return count;
    }
}
