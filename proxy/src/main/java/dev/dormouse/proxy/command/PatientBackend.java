package dev.dormouse.proxy.command;

import dev.dormouse.proxy.Backend;
import dev.dormouse.waitport.DurationText;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tries a target's addresses one after the other, again and again, until one takes the client or its time is over. The delay before
 * each round is 1 ms at first, then doubles up to 25 ms.
 */
final class PatientBackend implements Backend {
    private static final long LONGEST_DELAY_MILLIS = 25;

    private final Target target;
    private final Addresses addresses;
    private final Optional<Duration> wait;

    /** Clients whose next attempt is to come. */
    private final AtomicInteger waiting = new AtomicInteger();

    private volatile Optional<First> first = Optional.empty();

    /** The answer to a client that comes while the addresses are these. */
    private record First(List<SocketAddress> known, CompletableFuture<SocketAddress> answer) {}

    /**
     * A backend for all clients of a target.
     *
     * @param wait how long a client is held at most; empty: for ever
     */
    PatientBackend(Target target, Addresses addresses, Optional<Duration> wait) {
        this.target = target;
        this.addresses = addresses;
        this.wait = wait;
    }

    @Override
    public CompletableFuture<SocketAddress> address(Optional<ConnectFailed> failed) {
        CompletableFuture<List<SocketAddress>> current = addresses.current();
        if (failed.isPresent()) {
            return again(failed.get(), current.join());
        }
        return current.isDone() ? first(current.join()) : resolved(current);
    }

    /** Without a new object for each client. */
    private CompletableFuture<SocketAddress> first(List<SocketAddress> known) {
        Optional<First> last = first;
        if (last.isPresent() && last.get().known.equals(known)) {
            return last.get().answer;
        }
        CompletableFuture<SocketAddress> answer = CompletableFuture.completedFuture(known.getFirst());
        first = Optional.of(new First(known, answer));
        return answer;
    }

    private CompletableFuture<SocketAddress> resolved(CompletableFuture<List<SocketAddress>> current) {
        CompletableFuture<SocketAddress> address = current.thenApply(List::getFirst);
        return wait.map(bound -> address.orTimeout(bound.toNanos(), TimeUnit.NANOSECONDS)
                        .whenComplete((_, failure) -> {
                            if (failure != null) {
                                giveUp("the name is not resolved");
                            }
                        }))
                .orElse(address);
    }

    private CompletableFuture<SocketAddress> again(ConnectFailed failed, List<SocketAddress> known) {
        Duration left = wait.orElse(Duration.ofDays(365)).minus(failed.held());
        if (!left.isPositive()) {
            giveUp(failed.words());
            return CompletableFuture.failedFuture(new ConnectException(failed.words()));
        }
        SocketAddress next = known.get(failed.failures() % known.size());
        if (failed.failures() % known.size() != 0) {
            return CompletableFuture.completedFuture(next);
        }
        addresses.allFailed();
        long delay = delayMillis(failed.failures() / known.size(), waiting.incrementAndGet());
        long nanos = Math.min(TimeUnit.MILLISECONDS.toNanos(delay), left.toNanos());
        return new CompletableFuture<SocketAddress>()
                .completeOnTimeout(next, nanos, TimeUnit.NANOSECONDS)
                .whenComplete((_, _) -> waiting.decrementAndGet());
    }

    /**
     * Before the round that follows so many. Where more than 25 clients wait, they together make 1000 attempts a second rather than each
     * its forty: what is starting needs the processor itself.
     */
    static long delayMillis(int rounds, int clients) {
        long doubled = 1L << Math.min(rounds - 1, 5);
        return Math.max(Math.min(doubled, LONGEST_DELAY_MILLIS), clients > LONGEST_DELAY_MILLIS ? clients : 0);
    }

    private void giveUp(String lastWords) {
        Complaints.gaveUp(target, lastWords, wait.map(DurationText::format).orElse("ever"));
    }
}
