package dev.dormouse.daemon.log;

import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Reading of a log that has begun at a certain place. To be streamed once; one that never is costs an open file until it is collected. */
public interface OutputTap {
    /**
     * Delivers everything from that place on until {@code runEnded} is done and everything written before that was delivered. Returns
     * early, the flag set, when the thread is interrupted.
     */
    void stream(Future<?> runEnded, Consumer<LogEntry> sink);
}
