package dev.dormouse.proxy;

/** Accepts on inherited stream listeners and moves bytes between each client and its backend. Thread-safe. */
public interface DataPlane extends AutoCloseable {
    /**
     * Serves a listener from now on. The data plane owns the descriptor.
     *
     * @param descriptor a listening stream socket (inet, inet6 or unix)
     * @throws IllegalArgumentException if the descriptor is no such socket; it then stays the caller's
     * @throws IllegalStateException if the data plane is closed
     */
    Listener listen(int descriptor, Reception reception, Backend backend);

    /**
     * The same for a socket of either kind, where this is a data plane for both.
     *
     * @param descriptor a listening stream socket, or a bound UDP socket
     * @param datagrams how they are met at a UDP socket
     */
    default Listener listen(int descriptor, Reception reception, DatagramReception datagrams, Backend backend) {
        return listen(descriptor, reception, backend);
    }

    /** Ends every loop and closes every descriptor; connections are reset. Not to be called by a {@link Backend}. */
    @Override
    void close();
}
