package dev.dormouse.proxy.loop;

/** Something with a descriptor in a loop's epoll set. */
public abstract class Watched {
    /** Index in the loop's {@link WatchTable}; what its events carry. */
    private int tag = -1;

    /**
     * The descriptor is ready.
     *
     * @param events bits of {@link dev.dormouse.proxy.kernel.Epoll}
     */
    protected abstract void ready(int events);

    /** An error of ours came out of {@link #ready}: gives up what it was about, and throws nothing. */
    protected abstract void giveUp();

    protected final int tag() {
        return tag;
    }

    final void tag(int value) {
        tag = value;
    }
}
