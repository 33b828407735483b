package dev.dormouse.proxy;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Says where a held client is to be connected. Called on an event loop of the data plane, by several loops at once: it must return at
 * once and never block.
 */
public interface Backend {
    /**
     * The address for one client, which is held until the future completes. A future that is complete already costs nothing. If it
     * completes exceptionally the client is closed. The client may leave earlier; then nothing comes of the answer.
     *
     * @param failed how the connect to the address given before for this client failed; empty on the first call. The data plane
     *     asks again after each failure, at once; delays and an end to the trying are the backend's to decide.
     */
    CompletableFuture<? extends SocketAddress> address(Optional<ConnectFailed> failed);

    /**
     * A client that was held has the first byte of its backend's answer. Called on an event loop, at most once a connection; not for
     * clients whose address was known at once.
     */
    default void answered() {}

    /** A client that was held has been answered in the backend's place, to come again. Called on an event loop. */
    default void putOff() {}

    /**
     * A failed connect.
     *
     * @param words the operating system's: {@code Connection refused}
     * @param failures connects that failed for this client so far, this one included
     * @param held how long the client has been held so far
     */
    record ConnectFailed(SocketAddress address, String words, int failures, Duration held) {}
}
