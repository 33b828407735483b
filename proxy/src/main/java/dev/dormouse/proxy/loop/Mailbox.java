package dev.dormouse.proxy.loop;

import dev.dormouse.proxy.kernel.Wakeup;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Work that other threads leave for a loop. {@link #leave} is thread-safe, the rest is the loop's. */
final class Mailbox extends Watched {
    private final Wakeup wakeup;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean closed;

    Mailbox(Wakeup wakeup) {
        this.wakeup = wakeup;
    }

    int descriptor() {
        return wakeup.descriptor();
    }

    /** Has the loop run it soon, after everything that was left earlier; false if the loop has ended. */
    synchronized boolean leave(Runnable work) {
        if (closed) {
            return false;
        }
        if (waiting.isEmpty()) {
            wakeup.signal();
        }
        waiting.add(work);
        return true;
    }

    @Override
    protected void ready(int events) {
        wakeup.clear();
        for (Runnable work = next(); work != null; work = next()) {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                Trouble.report(e);
            }
        }
    }

    @Override
    protected void giveUp() {
        // Nothing can be given up: each piece of work is on its own.
    }

    /** Takes no more, and runs what was left. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        ready(0);
        wakeup.close();
    }

    private synchronized @Nullable Runnable next() {
        return waiting.poll();
    }
}
