package dev.dormouse.waitport;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.SocketChannel;

/**
 * A connect to a closed port of this machine can meet itself: when the kernel picks that very port as the source, TCP's
 * simultaneous open (RFC 9293, 3.5) succeeds with nobody listening.
 */
final class SelfConnection {
    private SelfConnection() {}

    /** Treats a connection to itself as what it hides: a refused one. */
    static void refuse(SocketChannel channel) throws IOException {
        if (channel.getLocalAddress().equals(channel.getRemoteAddress())) {
            throw new ConnectException("Connection refused: connected to itself");
        }
    }
}
