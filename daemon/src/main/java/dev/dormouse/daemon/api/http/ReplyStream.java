package dev.dormouse.daemon.api.http;

/** Where a streamed body goes. For the one thread that writes the answer. */
public interface ReplyStream {
    /** Sends the head now, if it has not been sent. */
    void begin();

    /**
     * Sends bytes at once; blocks while the client reads too slowly.
     *
     * @throws ClientGone if the client has closed the connection
     */
    void write(byte[] bytes);

    /** The client has closed the connection: nobody is left to answer. */
    final class ClientGone extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ClientGone(String message) {
            super(message);
        }
    }
}
