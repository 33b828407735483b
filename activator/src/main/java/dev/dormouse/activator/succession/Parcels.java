package dev.dormouse.activator.succession;

import dev.dormouse.units.libc.Libc;
import dev.dormouse.units.libc.LibcException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Descriptors on their way: messages in the queues of unix sockets, as many sockets as the messages fill. So systemd keeps a handful of
 * descriptors whatever there are, and does not have to compare each with all others, as it does with what is stored.
 */
final class Parcels {
    private final List<Integer> ends = new ArrayList<>();
    private final List<Integer> open = new ArrayList<>();

    /** Copies of the descriptors are on their way; the caller's stay its own. */
    void send(String text, List<Integer> descriptors) {
        byte[] content = text.getBytes(StandardCharsets.US_ASCII);
        if (open.isEmpty() || !sent(content, descriptors)) {
            Libc.Pair pair = Libc.packetSockets();
            open.add(pair.first());
            ends.add(pair.second());
            Libc.sendmsg(pair.first(), content, descriptors);
        }
    }

    /** Where the messages can be read, also after this process has ended. Nothing can be sent any more. */
    List<Integer> seal() {
        open.forEach(Libc::close);
        return ends;
    }

    private boolean sent(byte[] content, List<Integer> descriptors) {
        try {
            Libc.sendmsg(open.getLast(), content, descriptors);
            return true;
        } catch (LibcException e) {
            if (e.errno() == Libc.EAGAIN) {
                return false;
            }
            throw e;
        }
    }
}
