package dev.dormouse.units.notify;

import dev.dormouse.units.libc.Libc;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import jnr.posix.CmsgHdr;
import jnr.posix.MsgHdr;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;
import jnr.unixsocket.UnixDatagramChannel;
import jnr.unixsocket.UnixSocketAddress;

/** Text by jnr-unixsocket's datagrams, a descriptor by jnr-posix's sendmsg. Both take 0.3 to 0.5 s at their first use. */
final class JnrTransport implements NotifyTransport {
    private static final int SCM_RIGHTS = 1;
    /** {@code sa_family_t} AF_UNIX, least byte first, as the characters that MsgHdr makes bytes of. */
    private static final String AF_UNIX = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? "\1\0" : "\0\1";

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

    @Override
    public void send(String text, int descriptor) throws IOException {
        POSIX posix = Posix.INSTANCE;
        ByteBuffer content = buffer(text);
        ByteBuffer number = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder());
        number.putInt(descriptor).flip();
        MsgHdr header = posix.allocateMsgHdr();
        header.setName(AF_UNIX + address.path());
        header.setIov(new ByteBuffer[] {content});
        CmsgHdr control = header.allocateControl(Integer.BYTES);
        control.setLevel(Libc.SOL_SOCKET);
        control.setType(SCM_RIGHTS);
        control.setData(number);
        try (UnixDatagramChannel channel = UnixDatagramChannel.open()) {
            if (posix.sendmsg(channel.getFD(), header, 0) < 0) {
                throw new IOException(posix.strerror(posix.errno()));
            }
        } finally {
            // jnr keeps no reference from the header to its parts. They are carved in this order out of the same blocks
            // of memory, which
            // live as long as any part of them: the first and the last part hold all.
            Reference.reachabilityFence(header);
            Reference.reachabilityFence(content);
            Reference.reachabilityFence(control);
        }
    }

    private static ByteBuffer buffer(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    /** Made at first use, on the thread that sends. */
    private static final class Posix {
        static final POSIX INSTANCE = POSIXFactory.getNativePOSIX();
    }
}
