package dev.dormouse.activator.tls;

import java.nio.ByteBuffer;

/** An alert that ends a handshake (RFC 8446, 6.2). */
public enum TlsAlert {
    HANDSHAKE_FAILURE(40),
    DECODE_ERROR(50),
    UNRECOGNIZED_NAME(112);

    private static final byte ALERT = 21;
    private static final byte FATAL = 2;

    private final int description;

    TlsAlert(int description) {
        this.description = description;
    }

    /** Its record, of TLS 1.2, as every version sends it before one is agreed on. */
    public ByteBuffer bytes() {
        return ByteBuffer.wrap(new byte[] {ALERT, 3, 3, 0, 2, FATAL, (byte) description});
    }
}
