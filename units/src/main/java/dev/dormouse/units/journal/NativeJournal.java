package dev.dormouse.units.journal;

import dev.dormouse.units.libc.Libc;
import dev.dormouse.units.libc.LibcException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;

/**
 * systemd's journal by its native protocol: a datagram an event (systemd.io, "Native Journal Protocol"). What cannot be sent is logged.
 */
final class NativeJournal implements Journal {
    private static final String SOCKET = "/run/systemd/journal/socket";

    private final String identifier;
    private final Journal otherwise;
    private OptionalInt socket = OptionalInt.empty();

    NativeJournal(String identifier, Journal otherwise) {
        this.identifier = identifier;
        this.otherwise = otherwise;
    }

    @Override
    public synchronized void tell(JournalEvent event) {
        byte[] datagram = datagram(identifier, event);
        boolean sent = send(datagram);
        if (!sent) {
            // On a new socket: the journal may have been restarted.
            sent = send(datagram);
        }
        if (!sent) {
            otherwise.tell(event);
        }
    }

    private boolean send(byte[] datagram) {
        try {
            if (socket.isEmpty()) {
                socket = OptionalInt.of(Libc.datagramSocketTo(SOCKET));
            }
            Libc.sendmsg(socket.getAsInt(), datagram, List.of());
            return true;
        } catch (LibcException _) {
            socket.ifPresent(Libc::close);
            socket = OptionalInt.empty();
            return false;
        }
    }

    static byte[] datagram(String identifier, JournalEvent event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        put(bytes, "MESSAGE", event.message());
        put(bytes, "PRIORITY", Integer.toString(event.level().priority()));
        put(bytes, "SYSLOG_IDENTIFIER", identifier);
        event.fields().forEach((name, value) -> put(bytes, name, value));
        return bytes.toByteArray();
    }

    /** A value of several lines has its length before it. */
    private static void put(ByteArrayOutputStream bytes, String name, String value) {
        byte[] content = value.getBytes(StandardCharsets.UTF_8);
        bytes.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        if (value.indexOf('\n') < 0) {
            bytes.write('=');
        } else {
            bytes.write('\n');
            bytes.writeBytes(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(content.length)
                    .array());
        }
        bytes.writeBytes(content);
        bytes.write('\n');
    }
}
