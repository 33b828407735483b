package dev.dormouse.daemon.api.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** A request's body, as it comes in. For the connection's own thread. */
final class BodyStream extends InputStream {
    private final Inbox inbox;
    private final Runnable sendContinue;
    private boolean continueExpected;
    private boolean complete;
    private ByteBuf current = Unpooled.EMPTY_BUFFER;

    /**
     * @param continueExpected the client waits for {@code 100 Continue} before it sends (RFC 9110, 10.1.1): sent at the first read
     */
    BodyStream(Inbox inbox, boolean continueExpected, Runnable sendContinue) {
        this.inbox = inbox;
        this.continueExpected = continueExpected;
        this.sendContinue = sendContinue;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!current.isReadable()) {
            if (complete) {
                return -1;
            }
            next();
        }
        int count = Math.min(length, current.readableBytes());
        current.readBytes(bytes, offset, count);
        return count;
    }

    @Override
    public int available() {
        return current.readableBytes();
    }

    /**
     * Reads away what the handler left, so that the connection can take the next request.
     *
     * @return whether the end was reached within {@code most} bytes
     */
    boolean drain(long most) throws IOException {
        if (continueExpected && !complete) {
            return false;
        }
        long drained = 0;
        while (!complete) {
            drained += current.readableBytes();
            if (drained > most) {
                return false;
            }
            next();
        }
        return true;
    }

    @Override
    public void close() {
        current.release();
        current = Unpooled.EMPTY_BUFFER;
    }

    private void next() throws IOException {
        if (continueExpected) {
            continueExpected = false;
            sendContinue.run();
        }
        close();
        Optional<HttpObject> message = inbox.take();
        if (message.isEmpty()) {
            throw new IOException("the client closed the connection before the end of the request's body");
        }
        if (!(message.get() instanceof HttpContent content)
                || content.decoderResult().isFailure()) {
            throw new IOException("the request's body is malformed");
        }
        current = content.content();
        complete = content instanceof LastHttpContent;
    }
}
