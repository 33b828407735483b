package dev.dormouse.waitport;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.OptionalInt;

/** One GET on one connection, of which only the status is read. */
final class StatusExchange {
    /** A status line and what may precede it (1xx answers with their headers) must fit. */
    private static final int LONGEST_ANSWER = 16 * 1024;

    private final SocketChannel channel;
    private final Deadline deadline;

    StatusExchange(SocketChannel channel, Deadline deadline) {
        this.channel = channel;
        this.deadline = deadline;
    }

    /**
     * Asks and judges the answer.
     *
     * @throws IOException if the connection broke, or the thread was interrupted (its flag is then set)
     */
    ProbeResult get(String authority, String path, StatusRanges wanted) throws IOException {
        channel.configureBlocking(false);
        try (Selector selector = channel.provider().openSelector()) {
            SelectionKey key = channel.register(selector, SelectionKey.OP_WRITE);
            ByteBuffer request = US_ASCII.encode("GET " + path + " HTTP/1.1\r\nHost: " + authority
                    + "\r\nUser-Agent: waitport\r\nAccept: */*\r\nConnection: close\r\n\r\n");
            while (request.hasRemaining()) {
                if (channel.write(request) == 0 && !await(selector)) {
                    return new ProbeResult.NotYet(Cause.TIMED_OUT, "the HTTP request was not taken in time");
                }
            }
            key.interestOps(SelectionKey.OP_READ);
            return answer(selector, wanted);
        }
    }

    private ProbeResult answer(Selector selector, StatusRanges wanted) throws IOException {
        ByteBuffer answer = ByteBuffer.allocate(LONGEST_ANSWER);
        while (true) {
            int count = channel.read(answer);
            if (count < 0) {
                return answer.position() == 0
                        ? new ProbeResult.NotYet(Cause.CLOSED)
                        : new ProbeResult.NotYet(Cause.CLOSED, "connection closed within the HTTP status line");
            }
            if (count > 0) {
                StatusLine line = StatusLine.find(answer.array(), answer.position());
                OptionalInt status = line.status();
                if (status.isPresent()) {
                    return wanted.contains(status.getAsInt())
                            ? ProbeResult.READY
                            : new ProbeResult.NotYet(Cause.STATUS, "HTTP status " + status.getAsInt());
                }
                if (line.malformed() || !answer.hasRemaining()) {
                    return new ProbeResult.NotYet(Cause.PROTOCOL);
                }
            } else if (!await(selector)) {
                return new ProbeResult.NotYet(Cause.TIMED_OUT, "no HTTP answer in time");
            }
        }
    }

    /** Whether the channel may be ready; false when the time is over. */
    private boolean await(Selector selector) throws IOException {
        if (deadline.over()) {
            return false;
        }
        selector.select(deadline.millisLeft());
        if (Thread.currentThread().isInterrupted()) {
            throw new IOException("interrupted");
        }
        selector.selectedKeys().clear();
        return true;
    }
}
