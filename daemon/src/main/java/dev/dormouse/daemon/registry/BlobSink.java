package dev.dormouse.daemon.registry;

import java.nio.ByteBuffer;

/** Where a blob goes. Used by one thread. Every method throws {@link dev.dormouse.daemon.error.EngineException} only. */
public interface BlobSink {
    /** Everything that is left in the buffer, after what came before. */
    void write(ByteBuffer bytes);

    /** What came before is not good: from the start again. */
    void restart();
}
