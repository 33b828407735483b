package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.container.ExecConfig;
import dev.dormouse.daemon.exec.RunningExec;
import java.io.IOException;
import java.io.InputStream;

/** Brings what a client types to a process. */
record ExecInput(ExecConfig config, InputStream from) {
    private static final int BLOCK = 32 << 10;

    /** Until the client has no more, or has left: {@code detached} is told, and the process does not see an end. Blocks a platform thread. */
    void pump(RunningExec to, Runnable detached) {
        boolean left = false;
        try {
            left = config.terminal() ? type(to) : pass(to);
        } catch (IOException _) {
            // The client has gone: its own thread is told.
        } finally {
            if (left) {
                detached.run();
            } else {
                to.endInput();
            }
        }
    }

    /** Whether the client has typed the keys to leave. */
    private boolean type(RunningExec to) throws IOException {
        DetachKeys keys = new DetachKeys(config.keysToDetach());
        byte[] block = new byte[BLOCK];
        for (int count = from.read(block); count >= 0; count = from.read(block)) {
            DetachKeys.Passed passed = keys.pass(block, count);
            to.write(passed.bytes(), passed.bytes().length);
            if (passed.detached()) {
                return true;
            }
        }
        return false;
    }

    private boolean pass(RunningExec to) throws IOException {
        boolean wanted = config.attached().stdin();
        byte[] block = new byte[BLOCK];
        for (int count = from.read(block); count >= 0; count = from.read(block)) {
            // What it does not take is read all the same: only so the client's end is seen.
            wanted = wanted && to.write(block, count);
        }
        return false;
    }
}
