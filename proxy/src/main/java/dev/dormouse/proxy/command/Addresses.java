package dev.dormouse.proxy.command;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The addresses of a target, at least one. Thread-safe and never blocking. */
interface Addresses {
    /** Completes once they are known, with at least one; the same object until they change. */
    CompletableFuture<List<SocketAddress>> current();

    /** None of them took a connection: they may have changed. */
    void allFailed();

    /** Those of a target that has one for good, or those that a name has now. */
    static Addresses of(Target target) {
        return switch (target) {
            case Target.Unix unix -> new Fixed(unix.address());
            case Target.Host host -> {
                Optional<InetAddress> literal = host.literal();
                yield literal.isPresent()
                        ? new Fixed(new InetSocketAddress(literal.get(), host.port()))
                        : NamedAddresses.lookedUp(host);
            }
        };
    }

    /** One that does not change. */
    record Fixed(CompletableFuture<List<SocketAddress>> current) implements Addresses {
        Fixed(SocketAddress address) {
            this(CompletableFuture.completedFuture(List.of(address)));
        }

        @Override
        public void allFailed() {
            // An address that is given as such is looked up nowhere.
        }
    }
}
