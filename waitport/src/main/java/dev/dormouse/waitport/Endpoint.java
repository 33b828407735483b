package dev.dormouse.waitport;

import java.nio.channels.SocketChannel;

/** Where a probe connects to. */
interface Endpoint {
    /**
     * Connects; the caller closes the channel.
     *
     * @throws NotConnected with the result that the probe returns
     */
    SocketChannel connect(Deadline deadline) throws NotConnected, InterruptedException;

    /** For the Host header of HTTP and for people: {@code 127.0.0.1:80}, {@code [::1]:80}. */
    String authority();
}
