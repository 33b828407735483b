package dev.dormouse.proxy.loop;

import dev.dormouse.proxy.kernel.Kernel;
import dev.dormouse.proxy.kernel.Pipe;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * The pipes of a loop, empty between uses. A connection has one only while bytes are in it, so their number bounds what stalled
 * connections keep in the kernel: {@value #MOST} MiB a loop.
 */
final class PipePool {
    static final int MOST = 16;

    private final Kernel kernel;
    private final ArrayDeque<Pipe> idle = new ArrayDeque<>(MOST);
    private int open;

    PipePool(Kernel kernel) {
        this.kernel = kernel;
    }

    /** An empty pipe; empty when all are in use or the kernel gives none. */
    Optional<Pipe> take() {
        Pipe pipe = idle.pollLast();
        if (pipe != null) {
            return Optional.of(pipe);
        }
        if (open == MOST) {
            return Optional.empty();
        }
        Optional<Pipe> opened = Pipe.open(kernel);
        if (opened.isPresent()) {
            open++;
        }
        return opened;
    }

    /** Gives an empty pipe back. */
    void giveBack(Pipe pipe) {
        idle.addLast(pipe);
    }

    /** Closes a pipe that still holds bytes. */
    void discard(Pipe pipe) {
        pipe.close(kernel);
        open--;
    }

    void close() {
        for (Pipe pipe = idle.pollLast(); pipe != null; pipe = idle.pollLast()) {
            discard(pipe);
        }
    }
}
