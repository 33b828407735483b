package dev.dormouse.proxy.datagram;

import dev.dormouse.proxy.HeldBounds;
import dev.dormouse.proxy.kernel.Kernel;
import java.util.ArrayDeque;

/** Datagrams of one client that wait for its backend, outside the heap. On the loop. */
final class HeldDatagrams {
    private record Held(long address, int length) {}

    /** Takes one over. */
    interface Sender {
        void send(long address, int length);
    }

    private final Kernel kernel;
    private final HeldBounds bounds;
    private final ArrayDeque<Held> waiting = new ArrayDeque<>();

    HeldDatagrams(Kernel kernel, HeldBounds bounds) {
        this.kernel = kernel;
        this.bounds = bounds;
    }

    /** Keeps a copy; false if there is no room for it. */
    boolean add(long address, int length) {
        if (!bounds.take(length)) {
            return false;
        }
        long copy = kernel.keep(address, Math.max(1, length)); // malloc(0) may be no address at all
        if (copy == 0) {
            bounds.release(length);
            return false;
        }
        waiting.add(new Held(copy, length));
        return true;
    }

    /** Sends all, in the order in which they came. */
    void sendAll(Sender sender) {
        while (!waiting.isEmpty()) {
            Held first = waiting.element();
            sender.send(first.address, first.length);
            forgetFirst();
        }
    }

    /** Drops all; how many there were. */
    int drop() {
        int count = waiting.size();
        while (!waiting.isEmpty()) {
            forgetFirst();
        }
        return count;
    }

    private void forgetFirst() {
        Held first = waiting.remove();
        kernel.free(first.address);
        bounds.release(first.length);
    }
}
