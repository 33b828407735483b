package dev.dormouse.daemon.api.http;

/** Answers requests. Called on a virtual thread, one request of a connection at a time; may block. */
@FunctionalInterface
public interface RequestHandler {
    /** The answer; an exception is answered by {@link #failure}. */
    Reply handle(Request request) throws Exception;

    /** The answer to a request whose handling threw, or to one that could not be read. */
    default Reply failure(Exception cause) {
        return new Reply.Bytes(500, "text/plain; charset=utf-8", String.valueOf(cause.getMessage()));
    }
}
