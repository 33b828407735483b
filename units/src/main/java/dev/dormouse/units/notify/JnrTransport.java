package dev.dormouse.units.notify;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import jnr.unixsocket.UnixDatagramChannel;
import jnr.unixsocket.UnixSocketAddress;

/** By jnr-unixsocket's datagrams, which take 0.3 to 0.5 s at their first use. */
final class JnrTransport implements NotifyTransport {
    private final NotifyAddress address;

    JnrTransport(NotifyAddress address) {
        this.address = address;
    }

    @Override
    public void send(String text) throws IOException {
        try (UnixDatagramChannel channel = UnixDatagramChannel.open()) {
            channel.send(buffer(text), new UnixSocketAddress(address.path()));
        }
    }

    private static ByteBuffer buffer(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }
}
