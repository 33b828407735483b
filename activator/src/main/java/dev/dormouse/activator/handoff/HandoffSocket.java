package dev.dormouse.activator.handoff;

import dev.dormouse.units.libc.Libc;
import dev.dormouse.units.notify.NotifyReceiver;
import java.util.Optional;

/** The datagram socket where systemd's services hand their sockets over. One thread receives; any other may stop it. */
public final class HandoffSocket {
    private static final int LEAST_DESCRIPTOR = 3;

    private final int descriptor;
    private volatile NotifyReceiver receiver;

    /**
     * Receives at a socket.
     *
     * @param descriptor a bound datagram socket of family unix
     */
    public HandoffSocket(int descriptor) {
        this.descriptor = descriptor;
        this.receiver = open();
    }

    /** The next message, as soon as there is one; empty when told to stop. */
    public Optional<HandoffMessage> receive() {
        return receiver.receive().map(HandoffParser::read);
    }

    /** Makes {@link #receive} end. What has not been received by then stays in the socket, which is systemd's. */
    public void stop() {
        receiver.close();
    }

    /** Takes a {@link #stop} back. Only by the thread that receives. */
    public void goOn() {
        receiver = open();
    }

    /** On a descriptor of its own, as a receiver that is closed closes it. */
    private NotifyReceiver open() {
        return NotifyReceiver.on(Libc.fcntl(descriptor, Libc.F_DUPFD_CLOEXEC, LEAST_DESCRIPTOR));
    }
}
