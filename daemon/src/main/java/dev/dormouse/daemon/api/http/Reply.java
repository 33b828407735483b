package dev.dormouse.daemon.api.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** An answer. */
public sealed interface Reply {
    /** No body. */
    record Empty(int status) implements Reply {}

    /** A body that is there as a whole. */
    @SuppressWarnings("ArrayRecordComponent") // written once, never compared
    record Bytes(int status, String contentType, byte[] body) implements Reply {
        public Bytes(int status, String contentType, String body) {
            this(status, contentType, body.getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * An answer for now: the client may try again after so long (Retry-After, RFC 9110, 10.2.3).
     *
     * @param seconds at least 1
     */
    record Later(int seconds, Bytes answer) implements Reply {}

    /**
     * Status 200 and a body written bit by bit. When the client goes away, the thread in {@code writer} is interrupted. What
     * {@code writer} throws before the first byte is answered as an error; afterwards it breaks the connection off.
     */
    record Stream(String contentType, Writer writer) implements Reply {}

    /**
     * The connection becomes a raw byte stream: {@code 101 UPGRADED} if the client asked for an upgrade, else 200. What the client
     * sends is discarded; its half-close changes nothing, its close interrupts the thread in {@code writer}.
     *
     * @param upgradedContentType of the 101; a 200 says {@code application/vnd.docker.raw-stream}
     */
    record Raw(String upgradedContentType, Writer writer) implements Reply {}

    /**
     * As {@link Raw}, but what the client sends is read, and its half-close is the end of that. Never twice on a connection.
     */
    record Dialogue(String upgradedContentType, Talker talker) implements Reply {}

    /** Answers what a client sends while it sends it. */
    @FunctionalInterface
    interface Talker {
        /**
         * Until this returns. Other threads than the caller's may read and write while it lasts, one at a time each.
         *
         * @param in ends when the client sends no more, or this has returned
         */
        void talk(InputStream in, ReplyStream out) throws IOException, InterruptedException;
    }

    /** Writes a body. */
    @FunctionalInterface
    interface Writer {
        void write(ReplyStream out) throws IOException, InterruptedException;
    }
}
