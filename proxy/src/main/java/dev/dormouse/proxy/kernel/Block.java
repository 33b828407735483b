package dev.dormouse.proxy.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Memory outside the heap that lives as long as this object. Read through a byte buffer: a memory segment's own accessors are
 * slow where only the first compiler runs ({@code -XX:TieredStopAtLevel=1}).
 */
public final class Block {
    private final long address;
    private final ByteBuffer bytes;

    private Block(MemorySegment segment) {
        this.address = segment.address();
        this.bytes = segment.asByteBuffer().order(ByteOrder.nativeOrder());
    }

    /**
     * Memory that is all zero.
     *
     * @param size in bytes, above zero
     */
    public static Block of(int size) {
        return new Block(Arena.ofAuto().allocate(size, Long.BYTES));
    }

    /** Where it begins. */
    public long address() {
        return address;
    }

    /** In bytes. */
    public int size() {
        return bytes.capacity();
    }

    /** Its first bytes, to be read; they change with the memory. */
    public ByteBuffer view(int length) {
        return bytes.slice(0, length).asReadOnlyBuffer();
    }

    /** Puts bytes at its beginning, at most as many as it has. */
    public void fill(ByteBuffer content) {
        bytes.put(0, content, content.position(), content.remaining());
    }

    /** What it holds, in the machine's byte order. */
    ByteBuffer bytes() {
        return bytes;
    }
}
