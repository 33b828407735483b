package dev.dormouse.proxy.command;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The addresses that a name has. Looked up in a thread of its own, since getaddrinfo(3) blocks: at the start until there is an answer,
 * and again when none of the last answer takes connections, at most once a second.
 */
final class NamedAddresses implements Addresses {
    private static final Duration BETWEEN_LOOKUPS = Duration.ofSeconds(1);

    /** The system's resolver, or a test's. */
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private final Target.Host target;
    private final Resolver resolver;

    private volatile CompletableFuture<List<SocketAddress>> current = new CompletableFuture<>();
    private boolean lookingUp;
    private long lookedUpNanos;

    NamedAddresses(Target.Host target, Resolver resolver) {
        this.target = target;
        this.resolver = resolver;
    }

    /** Those of the system's resolver, which is asked already. */
    static NamedAddresses lookedUp(Target.Host target) {
        NamedAddresses addresses = new NamedAddresses(target, InetAddress::getAllByName);
        addresses.lookUp();
        return addresses;
    }

    @Override
    public CompletableFuture<List<SocketAddress>> current() {
        return current;
    }

    @Override
    public synchronized void allFailed() {
        if (System.nanoTime() - lookedUpNanos > BETWEEN_LOOKUPS.toNanos()) {
            lookUp();
        }
    }

    synchronized void lookUp() {
        if (!lookingUp) {
            lookingUp = true;
            Thread.ofPlatform().daemon().name("resolver").start(this::untilAnswered);
        }
    }

    private void untilAnswered() {
        boolean told = false;
        while (true) {
            try {
                answered(resolver.resolve(target.host()));
                return;
            } catch (UnknownHostException | RuntimeException e) {
                if (!told) {
                    told = true;
                    Complaints.unresolved(target, e);
                }
            }
            try {
                Thread.sleep(BETWEEN_LOOKUPS);
            } catch (InterruptedException e) {
                // Nobody interrupts it but the end of the process.
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private synchronized void answered(InetAddress[] answer) {
        List<SocketAddress> addresses = new ArrayList<>(answer.length);
        for (InetAddress address : answer) {
            addresses.add(new InetSocketAddress(address, target.port()));
        }
        List<SocketAddress> known = List.copyOf(addresses);
        if (!current.complete(known)) {
            current = CompletableFuture.completedFuture(known);
        }
        lookingUp = false;
        lookedUpNanos = System.nanoTime();
    }
}
