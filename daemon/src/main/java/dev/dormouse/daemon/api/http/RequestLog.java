package dev.dormouse.daemon.api.http;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line a request, when it has been answered: who asked for what, and what came of it. What changes something is logged at level info,
 * what only reads at level debug. Never the query, a header or the body, which may hold secrets.
 */
final class RequestLog {
    private static final Logger LOG = LoggerFactory.getLogger(RequestLog.class);
    private static final int LONGEST_PATH = 512;

    private RequestLog() {}

    /** Who it is, asked while it waits for its answer: afterwards it may be gone. */
    static String asker(Request request) {
        return request.peer()
                .map(peer -> "uid=" + peer.uid() + " gid=" + peer.gid() + " pid=" + peer.pid() + " comm="
                        + printable(peer.command()))
                .orElse("uid=? (not a unix socket)");
    }

    /**
     * The line.
     *
     * @param status 0 if the client left before it was answered
     */
    static void answered(Request request, String asker, int status, Duration took) {
        Object[] fields = {
            request.method(), printable(request.path()), status == 0 ? "gone" : status, took.toMillis(), asker
        };
        if (request.method().mutates()) {
            LOG.info("{} {} status={} ms={} {}", fields);
        } else {
            LOG.debug("{} {} status={} ms={} {}", fields);
        }
    }

    /** A client's text in one line of ours: neither line ends nor a terminal's control characters, and not without end. */
    static String printable(String text) {
        String bounded = text.length() > LONGEST_PATH ? text.substring(0, LONGEST_PATH) + "…" : text;
        return bounded.replaceAll("[^\\x21-\\x7e…]", "?");
    }
}
