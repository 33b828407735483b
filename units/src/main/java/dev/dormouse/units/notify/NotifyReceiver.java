package dev.dormouse.units.notify;

import dev.dormouse.units.libc.Libc;
import dev.dormouse.units.libc.LibcException;
import dev.dormouse.units.libc.ReceivedMessage;
import dev.dormouse.units.libc.ReceivedMessage.Credentials;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives notifications, with the descriptors that come with them, on a datagram socket that this process inherited: the side that
 * systemd has towards its services. Understands what {@code systemd-notify --fd=3 --fdname=x FDSTORE=1} sends: that message, then
 * {@code BARRIER=1} with the end of a pipe that the receiver closes once it has dealt with all that came before.
 *
 * <p>Messages that are not whole, or not text, are reported to the log and their descriptors closed. Thread-safe; a thread that receives
 * should be a platform thread, as it waits in the kernel.
 */
public final class NotifyReceiver implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NotifyReceiver.class);
    /** systemd's own bound (NOTIFY_BUFFER_MAX in its src/core/manager.c, which is PIPE_BUF). */
    private static final int MOST_BYTES = 4096;
    /** The kernel's bound (SCM_MAX_FD). */
    private static final int MOST_DESCRIPTORS = 253;

    private final int socket;
    private final int wake;
    private final int mostDescriptors;
    private final Gate gate = new Gate();
    private final ReentrantLock receiving = new ReentrantLock();
    private boolean released;

    private NotifyReceiver(int socket, int wake, int mostDescriptors) {
        this.socket = socket;
        this.wake = wake;
        this.mostDescriptors = mostDescriptors;
    }

    /**
     * Receives on a unix datagram socket, which it owns from then on, and asks for the senders' credentials there. Closing it does not end
     * the socket itself: systemd has its own descriptor of it.
     *
     * @throws LibcException if it is not a socket
     */
    public static NotifyReceiver on(int descriptor) {
        return on(descriptor, MOST_DESCRIPTORS);
    }

    static NotifyReceiver on(int descriptor, int mostDescriptors) {
        Libc.setsockopt(descriptor, Libc.SOL_SOCKET, Libc.SO_PASSCRED, 1);
        return new NotifyReceiver(descriptor, Libc.eventfd(), mostDescriptors);
    }

    /**
     * Waits for the next message.
     *
     * @return empty once this is closed; an interrupt closes it, and the thread stays interrupted
     * @throws LibcException if the kernel refuses for good
     */
    public Optional<Message> receive() {
        receiving.lock();
        try {
            while (!released && gate.awaitReadable()) {
                Optional<Message> message = next();
                if (message.isPresent()) {
                    return message;
                }
            }
            return Optional.empty();
        } finally {
            receiving.unlock();
        }
    }

    private Optional<Message> next() {
        ReceivedMessage received;
        try {
            received = Libc.recvmsg(socket, MOST_BYTES, mostDescriptors);
        } catch (LibcException e) {
            if (e.errno() == Libc.EAGAIN) {
                return Optional.empty(); // another process that has this socket took it
            }
            throw e;
        }
        Optional<Map<String, String>> fields = MessageText.parse(received.content());
        if (received.controlTruncated() || received.contentTruncated() || fields.isEmpty()) {
            reject(received);
            return Optional.empty();
        }
        Credentials sender = received.sender().orElse(new Credentials(0, 65_534));
        return Optional.of(new Message(fields.get(), received.descriptors(), sender.pid(), sender.uid()));
    }

    private void reject(ReceivedMessage received) {
        String fault;
        if (received.controlTruncated()) {
            fault = "not all of its descriptors arrived; at most " + mostDescriptors
                    + " can, and no more than LimitNOFILE= leaves room for";
        } else if (received.contentTruncated()) {
            fault = "it is longer than " + MOST_BYTES + " bytes";
        } else {
            fault = "it is not text in UTF-8";
        }
        List<Integer> descriptors = received.descriptors();
        LOG.warn(
                "a notification from process {} was dropped, and {} descriptors closed: {}",
                received.sender().map(Credentials::pid).orElse(0),
                descriptors.size(),
                fault);
        descriptors.forEach(Libc::close);
    }

    /** Ends a wait, on whatever thread, and closes the descriptor. */
    @Override
    public void close() {
        gate.shut();
        receiving.lock();
        try {
            if (!released) {
                released = true;
                Libc.close(socket);
                Libc.close(wake);
            }
        } finally {
            receiving.unlock();
        }
    }

    /** The JDK's own way of ending a blocking call when the thread is interrupted or the channel closed. */
    private final class Gate extends AbstractInterruptibleChannel {
        /** {@code false} once shut. */
        boolean awaitReadable() {
            try {
                return isOpen() && waitOpen();
            } catch (ClosedChannelException _) {
                return false;
            }
        }

        private boolean waitOpen() throws ClosedChannelException {
            boolean readable = false;
            try {
                begin();
                while (isOpen() && !readable) {
                    readable = Libc.awaitReadable(socket, wake);
                }
            } finally {
                end(readable);
            }
            return readable;
        }

        void shut() {
            try {
                close();
            } catch (IOException e) {
                throw new IllegalStateException("implCloseChannel throws none", e);
            }
        }

        @Override
        protected void implCloseChannel() {
            Libc.signal(wake);
        }
    }
}
