package dev.dormouse.proxy.loop;

import dev.dormouse.proxy.kernel.Errno;
import dev.dormouse.proxy.kernel.Kernel;
import java.nio.ByteBuffer;

/**
 * The end of a client that is answered in its backend's place. What it still sends is read and dropped until it closes: closed with unread
 * bytes, TCP would reset, and the client might never see the answer (RFC 9112, 9.6).
 */
final class Farewell {
    /** What a client may send yet. */
    private static final int MOST = 1 << 20;

    private final Loop loop;
    private final int client;
    private int dropped;

    Farewell(Loop loop, Endpoint client) {
        this.loop = loop;
        this.client = client.descriptor();
    }

    /** Sends the answer and ends the stream; whether the client is worth waiting for. */
    boolean say(ByteBuffer answer) {
        Kernel kernel = loop.kernel();
        loop.buffer().fill(answer);
        // Nothing was sent before, so the socket has room for a page or two; a client that has not does not read.
        int sent = kernel.send(client, loop.buffer().address(), answer.remaining());
        return sent == answer.remaining() && kernel.endWrites(client) >= 0 && !isOver();
    }

    /** Whether the client has closed, or does not stop sending. */
    boolean isOver() {
        while (dropped < MOST) {
            int count = loop.kernel()
                    .receive(client, loop.buffer().address(), loop.buffer().size());
            if (count == -Errno.EAGAIN) {
                return false;
            }
            if (count <= 0) {
                return true;
            }
            dropped += count;
        }
        return true;
    }
}
