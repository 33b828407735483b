package dev.dormouse.daemon.exec;

import dev.dormouse.units.libc.Libc;
import dev.dormouse.units.libc.Pollable;
import dev.dormouse.units.libc.UnixListener;
import java.util.Optional;

/** Where crun sends the master side of the terminal that it has made in the container ({@code --console-socket}). */
final class ExecTerminal implements AutoCloseable {
    private final UnixListener listener;
    private final int gone;
    private boolean closed;

    ExecTerminal(ExecFiles files) {
        listener = UnixListener.at(files.terminal());
        gone = Libc.eventfd();
    }

    /**
     * Waits for it; empty if crun gives up. Blocks the platform thread that does it.
     *
     * @param wake what wakes its readers and writers
     */
    Optional<Pollable> take(int wake) {
        return listener.takeDescriptor(gone).map(descriptor -> new Pollable(descriptor, wake));
    }

    /** crun has ended: if it has sent nothing, it never will. */
    synchronized void giveUp() {
        if (!closed) {
            Libc.signal(gone);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        listener.close();
        Libc.close(gone);
    }
}
