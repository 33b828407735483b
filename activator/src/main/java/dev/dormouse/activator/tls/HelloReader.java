package dev.dormouse.activator.tls;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * Reads one client's ClientHello, however it is cut into records and segments (RFC 8446, 5.1). Looks again only when a record has become
 * whole, so that bytes that come one by one cost no more. For one thread.
 */
public final class HelloReader {
    /** The first byte of a TLS connection: the record type of handshakes. */
    public static final byte HANDSHAKE = 22;

    private static final byte CLIENT_HELLO = 1;
    private static final byte MAJOR_VERSION = 3;
    private static final int RECORD_HEAD = 5;
    private static final int MESSAGE_HEAD = 4;
    private static final int LONGEST_RECORD = 1 << 14;

    private int needed = RECORD_HEAD;

    /**
     * Reads what there is.
     *
     * @param sent everything from the client's first byte on
     */
    public Hello read(ByteBuffer sent) {
        if (sent.limit() > 0 && sent.get(0) != HANDSHAKE) {
            return Hello.MALFORMED;
        }
        return sent.limit() < needed ? Hello.INCOMPLETE : message(sent);
    }

    private Hello message(ByteBuffer sent) {
        ByteBuffer message = ByteBuffer.allocate(sent.limit());
        int at = 0;
        while (at + RECORD_HEAD <= sent.limit()) {
            int length = Short.toUnsignedInt(sent.getShort(at + 3));
            boolean right = sent.get(at) == HANDSHAKE
                    && sent.get(at + 1) == MAJOR_VERSION
                    && length > 0
                    && length <= LONGEST_RECORD;
            if (!right) {
                return Hello.MALFORMED;
            }
            int body = at + RECORD_HEAD;
            int there = Math.min(length, sent.limit() - body);
            message.put(message.position(), sent, body, there).position(message.position() + there);
            if (message.position() > 0 && message.get(0) != CLIENT_HELLO) {
                return Hello.MALFORMED;
            }
            if (message.position() >= MESSAGE_HEAD) {
                int end = MESSAGE_HEAD + (message.getInt(0) & 0xffffff);
                if (message.position() >= end) {
                    return parsed(message.limit(end).position(MESSAGE_HEAD));
                }
            }
            at = body + length;
        }
        needed = at <= sent.limit() ? at + RECORD_HEAD : at;
        return Hello.INCOMPLETE;
    }

    private static Hello parsed(ByteBuffer message) {
        try {
            return HelloParser.parse(message);
        } catch (BufferUnderflowException | IllegalArgumentException _) {
            // A length that leads beyond what it is part of.
            return Hello.MALFORMED;
        }
    }
}
