package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.container.ExecConfig;
import dev.dormouse.daemon.exec.RunningExec;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Brings what a client types to a process. */
record ExecInput(ExecConfig config, InputStream from) {
    private static final int BLOCK = 32 << 10;

    /** Until the client has no more, or the process takes none; {@code detached} is told if the client has left. Blocks a platform thread. */
    void pump(RunningExec to, Runnable detached) {
        Optional<DetachKeys> keys =
                config.terminal() ? Optional.of(new DetachKeys(config.keysToDetach())) : Optional.empty();
        byte[] block = new byte[BLOCK];
        try {
            boolean wanted = true;
            int count = from.read(block);
            while (count >= 0) {
                if (keys.isPresent()) {
                    DetachKeys.Passed passed = keys.get().pass(block, count);
                    to.write(passed.bytes(), passed.bytes().length);
                    if (passed.detached()) {
                        detached.run();
                        return;
                    }
                } else if (wanted && config.attached().stdin()) {
                    // What it does not take is read all the same: only so the client's end is seen.
                    wanted = to.write(block, count);
                }
                count = from.read(block);
            }
        } catch (IOException _) {
            return; // the client has gone: its own thread is told
        } finally {
            to.endInput();
        }
    }
}
