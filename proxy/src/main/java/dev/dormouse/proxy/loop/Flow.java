package dev.dormouse.proxy.loop;

import dev.dormouse.proxy.kernel.Errno;
import dev.dormouse.proxy.kernel.Kernel;
import dev.dormouse.proxy.kernel.MemoryFile;
import dev.dormouse.proxy.kernel.Pipe;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a connection. Reads only what it may then write: when the receiver takes no more, what was read last is kept
 * (at most the loop's buffer, or a pipe) and the sender left to the kernel's flow control.
 */
final class Flow {
    /** Bytes moved in one go before the loop's other connections have their turn. */
    private static final int SHARE = 512 * 1024;

    private final Loop loop;
    private final Endpoint from;
    private final Endpoint to;
    private final Meter meter;

    /** What was read and not yet written: in a pipe, or in memory of malloc's. */
    private int pending;

    private @Nullable Pipe pipe;
    private long kept;
    private int keptOffset;

    private boolean bulk;
    private boolean spliceable = true;
    private boolean senderEnded;
    private boolean done;
    private boolean begun;

    Flow(Loop loop, Endpoint from, Endpoint to, Meter meter) {
        this.loop = loop;
        this.from = from;
        this.to = to;
        this.meter = meter;
    }

    /** Has the receiver get these bytes before any of the sender's; to be called before the first run. */
    void precede(ByteBuffer bytes) {
        loop.buffer().fill(bytes);
        keep(loop.buffer().address(), bytes.remaining());
    }

    /** Whether a byte of the sender's was read here. */
    boolean begun() {
        return begun;
    }

    /** The end of the stream was passed on, or nothing can be passed on any more. */
    boolean done() {
        return done;
    }

    /**
     * Moves what can be moved.
     *
     * @return whether there is more, for another turn
     */
    boolean run() {
        int moved = 0;
        while (!done) {
            if (pending > 0) {
                if (!to.writable()) {
                    return false;
                }
                writePending();
            } else if (senderEnded) {
                loop.kernel().endWrites(to.descriptor());
                done = true;
            } else if (!from.readable() || !to.writable()) {
                break;
            } else if (moved >= SHARE) {
                giveBackPipe();
                return true;
            } else {
                moved += bulk ? splice() : copy();
            }
        }
        giveBackPipe();
        bulk &= moved >= loop.buffer().size();
        return false;
    }

    private int copy() {
        int size = loop.buffer().size();
        long address = loop.buffer().address();
        int count = loop.kernel().receive(from.descriptor(), address, size);
        if (count <= 0) {
            readNothing(count);
            return 0;
        }
        came(count);
        if (count < size) {
            from.readShort();
        } else {
            bulk = spliceable;
        }
        int written = loop.kernel().send(to.descriptor(), address, count);
        if (written < 0 && !takesNoMore(written)) {
            return count;
        }
        written = Math.max(written, 0);
        if (written < count) {
            to.filled();
            keep(address + written, count - written);
        }
        return count;
    }

    private void keep(long address, int length) {
        kept = loop.kernel().keep(address, length);
        if (kept == 0) {
            throw new OutOfMemoryError("malloc gave no " + length + " bytes for a stalled connection");
        }
        keptOffset = 0;
        pending = length;
    }

    private int splice() {
        if (pipe == null) {
            Optional<Pipe> taken = loop.pipes().take();
            if (taken.isEmpty()) {
                return copy();
            }
            pipe = taken.get();
        }
        int count = loop.kernel().splice(from.descriptor(), pipe.writeEnd(), pipe.capacity());
        if (count == -Errno.EINVAL) {
            bulk = false;
            spliceable = false;
            return 0;
        }
        if (count <= 0) {
            readNothing(count);
            return 0;
        }
        came(count);
        pending = count;
        return count;
    }

    private void came(int count) {
        begun = true;
        meter.add(count);
    }

    private void readNothing(int result) {
        if (result == -Errno.EAGAIN) {
            from.emptied();
        } else if (result == 0 && !from.broken()) {
            senderEnded = true;
        } else {
            from.breakDown();
            done = true;
        }
    }

    private void writePending() {
        Kernel kernel = loop.kernel();
        int written = pipe == null
                ? kernel.send(to.descriptor(), kept + keptOffset, pending)
                // Never more than there is: the kernel would hold the last segment back for what comes (MSG_MORE).
                : kernel.splice(pipe.readEnd(), to.descriptor(), pending);
        if (written < 0) {
            takesNoMore(written);
            return;
        }
        pending -= written;
        keptOffset += written;
        if (pending == 0 && kept != 0) {
            kernel.free(kept);
            kept = 0;
        }
    }

    /** Whether a write failed for now only; else this direction is done. */
    private boolean takesNoMore(int result) {
        if (result == -Errno.EAGAIN) {
            to.filled();
            return true;
        }
        // The reader of a unix socket may have shut down that direction alone; over TCP nothing tells of it.
        if (result != -Errno.EPIPE || to.tcp()) {
            to.breakDown();
        }
        done = true;
        return false;
    }

    private void giveBackPipe() {
        if (pipe == null) {
            return;
        }
        if (pending == 0) {
            loop.pipes().giveBack(pipe);
        } else {
            loop.pipes().discard(pipe);
        }
        pipe = null;
    }

    /** What it holds, in a file in memory, if it holds anything; then it holds nothing. */
    OptionalInt takePending() {
        if (pending == 0) {
            return OptionalInt.empty();
        }
        Kernel kernel = loop.kernel();
        int file = pipe == null
                ? MemoryFile.write(kernel, kept + keptOffset, pending)
                : MemoryFile.write(kernel, pipe, pending);
        close();
        return OptionalInt.of(file);
    }

    /** Writes first what is in a file in memory, which it closes. */
    void beginWith(int file) {
        MemoryFile.Content content = MemoryFile.take(loop.kernel(), file);
        kept = content.address();
        pending = content.length();
    }

    /** Frees what the direction holds. */
    void close() {
        done = true;
        giveBackPipe();
        if (kept != 0) {
            loop.kernel().free(kept);
            kept = 0;
        }
        pending = 0;
    }
}
