package dev.dormouse.waitport;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.util.Objects;

/**
 * Tells why a TCP connect failed. The JDK maps ECONNREFUSED and ETIMEDOUT to ConnectException, EHOSTUNREACH to
 * NoRouteToHostException, EADDRNOTAVAIL and EACCES to BindException and all else to SocketException with strerror's
 * words (handleSocketError in its net natives; the errors themselves are in connect(2)).
 */
final class ConnectFailure {
    private ConnectFailure() {}

    static ProbeResult.NotYet explain(IOException failure) {
        String words = Objects.requireNonNullElse(failure.getMessage(), "");
        return switch (failure) {
            case SocketTimeoutException _ -> new ProbeResult.NotYet(Cause.TIMED_OUT);
            case ConnectException _ when words.contains("timed out") -> new ProbeResult.NotYet(Cause.TIMED_OUT);
            case ConnectException _ -> new ProbeResult.NotYet(Cause.REFUSED);
            case NoRouteToHostException _ -> new ProbeResult.NotYet(Cause.UNREACHABLE, "host unreachable");
            case BindException _ when words.contains("Permission denied") -> new ProbeResult.NotYet(Cause.DENIED);
            case BindException _ ->
                new ProbeResult.NotYet(Cause.UNREACHABLE, "no local address or port to connect from");
            default -> byWords(words, failure);
        };
    }

    private static ProbeResult.NotYet byWords(String words, IOException failure) {
        if (words.contains("Network is unreachable")) {
            return new ProbeResult.NotYet(Cause.UNREACHABLE, "network unreachable");
        }
        if (words.contains("Unsupported address type")) {
            return new ProbeResult.NotYet(Cause.UNREACHABLE, "this machine has no IPv6");
        }
        if (words.contains("reset")) {
            return new ProbeResult.NotYet(Cause.RESET);
        }
        if (words.contains("Operation not permitted")) {
            return new ProbeResult.NotYet(Cause.DENIED, "not permitted (a firewall rule?)");
        }
        return new ProbeResult.NotYet(Cause.FAILED, words.isEmpty() ? failure.toString() : words);
    }
}
