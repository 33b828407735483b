package dev.dormouse.waitport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Turns a host into its addresses. A literal needs no look-up; a look-up is bounded, as getaddrinfo(3) itself is not. */
final class Resolver {
    private Resolver() {}

    /**
     * All addresses, in the resolver's order.
     *
     * @param host a name or a literal, IPv6 with or without brackets
     */
    static List<InetAddress> resolve(String host, Deadline deadline) throws NotConnected, InterruptedException {
        Optional<InetAddress> literal = literal(host);
        if (literal.isPresent()) {
            return List.of(literal.get());
        }
        CompletableFuture<InetAddress[]> lookup = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("waitport-resolver").start(() -> complete(lookup, host));
        try {
            return List.of(lookup.get(deadline.millisLeft(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            throw new NotConnected(
                    new ProbeResult.NotYet(Cause.TIMED_OUT, "the resolver has not answered for '" + host + "'"));
        } catch (ExecutionException e) {
            throw new NotConnected(new ProbeResult.Broken("cannot resolve host '" + host + "': " + reason(e, host)
                    + "; check the spelling, /etc/hosts and DNS"));
        }
    }

    /** The resolver's own words, which the JDK puts after the host's name, if it has any. */
    private static String reason(ExecutionException failure, String host) {
        String words = failure.getCause() == null
                ? ""
                : String.valueOf(failure.getCause().getMessage());
        String prefix = host + ": ";
        return words.startsWith(prefix) ? words.substring(prefix.length()) : "unknown host";
    }

    private static void complete(CompletableFuture<InetAddress[]> lookup, String host) {
        try {
            lookup.complete(InetAddress.getAllByName(host));
        } catch (UnknownHostException | RuntimeException e) {
            lookup.completeExceptionally(e);
        }
    }

    private static Optional<InetAddress> literal(String host) {
        boolean mayBeLiteral = host.indexOf(':') >= 0 || Character.isDigit(host.charAt(host.length() - 1));
        if (!mayBeLiteral) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
