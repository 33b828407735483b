package dev.dormouse.units.notify;

import dev.dormouse.units.libc.Libc;
import java.io.IOException;
import java.nio.file.Path;
import jnr.unixsocket.UnixDatagramChannel;
import jnr.unixsocket.UnixSocketAddress;

/** A bound datagram socket as systemd would pass it. */
final class ReceivingSocket implements AutoCloseable {
    final String address;
    private final UnixDatagramChannel channel;

    private ReceivingSocket(String path, String address) throws IOException {
        this.address = address;
        this.channel = UnixDatagramChannel.open().bind(new UnixSocketAddress(path));
    }

    static ReceivingSocket at(Path path) throws IOException {
        return new ReceivingSocket(path.toString(), path.toString());
    }

    static ReceivingSocket atAbstract(String name) throws IOException {
        return new ReceivingSocket("\0" + name, "@" + name);
    }

    NotifyReceiver receiver() {
        return NotifyReceiver.on(Libc.fcntl(channel.getFD(), Libc.F_DUPFD_CLOEXEC, 3));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
