package dev.dormouse.activator.handoff;

import dev.dormouse.units.libc.Libc;
import dev.dormouse.units.libc.LibcException;
import dev.dormouse.units.libc.ReceivedMessage;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The datagram socket where systemd's services hand their sockets over. One thread receives; any may stop it. */
public final class HandoffSocket {
    /** A name and a few words. */
    private static final int LONGEST = 4096;
    /** SCM_MAX_FD of the kernel. */
    private static final int MOST_DESCRIPTORS = 253;

    private final int descriptor;
    private volatile int stop = Libc.eventfd();

    /**
     * Receives at a socket.
     *
     * @param descriptor a bound datagram socket of family unix
     */
    public HandoffSocket(int descriptor) {
        this.descriptor = descriptor;
        Libc.setsockopt(descriptor, Libc.SOL_SOCKET, Libc.SO_PASSCRED, 1);
    }

    /** The next message, as soon as there is one; empty when told to stop and none is waiting. */
    public Optional<HandoffMessage> receive() {
        while (Libc.awaitReadable(descriptor, stop)) {
            try {
                return Optional.of(message(Libc.recvmsg(descriptor, LONGEST, MOST_DESCRIPTORS)));
            } catch (LibcException e) {
                if (e.errno() != Libc.EAGAIN) {
                    throw e;
                }
            }
        }
        return Optional.empty();
    }

    /** Makes {@link #receive} end when no message is waiting. Those that come later stay in the socket, which is systemd's. */
    public void stop() {
        Libc.signal(stop);
    }

    /** Takes a {@link #stop} back. Only by the thread that receives. */
    public void goOn() {
        int before = stop;
        stop = Libc.eventfd();
        Libc.close(before);
    }

    private static HandoffMessage message(ReceivedMessage received) {
        if (received.contentTruncated() || received.controlTruncated()) {
            return new HandoffMessage.Rejected(
                    "a hand-over: longer than " + LONGEST + " bytes, or more descriptors than this process may open",
                    received.descriptors());
        }
        Map<String, String> fields = new HashMap<>();
        new String(received.content(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.indexOf('=') > 0)
                .forEach(line -> fields.putIfAbsent(
                        line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        return HandoffParser.read(
                fields,
                received.descriptors(),
                received.sender().map(sender -> new Sender(sender.pid(), sender.uid())));
    }
}
