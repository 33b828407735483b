package dev.dormouse.activator.service;

import dev.dormouse.activator.config.ContainerFacts;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** Where a service stands. Compared by identity: what began in one state is void in another, even one alike. */
sealed interface ServiceState {
    /** For {@code dormouse status}. */
    String word();

    /** Whether it lasts until a client comes, or the idle time is over. */
    default boolean isSettled() {
        return this instanceof Awake || this instanceof Listening || this instanceof Failed;
    }

    /** Whether no client can come. */
    default boolean isResting() {
        return (this instanceof Drowsy drowsy && drowsy.isPaused())
                || this instanceof FallingAsleep
                || this instanceof Gone;
    }

    /** Listening; whether the container runs is not known, so the next client wakes it. */
    final class Listening implements ServiceState {
        @Override
        public String word() {
            return "listening";
        }
    }

    /** The container is being started; clients are held. */
    final class Waking implements ServiceState {
        @Override
        public String word() {
            return "waking";
        }
    }

    /** Clients go straight through. */
    final class Awake implements ServiceState {
        private final CompletableFuture<SocketAddress> address;
        private final ContainerFacts facts;
        private final Path started;
        private final Freezer freezer;

        Awake(InetSocketAddress address, ContainerFacts facts, Freezer freezer) {
            this.address = CompletableFuture.completedFuture(address);
            this.facts = facts;
            this.started = facts.startedFile();
            this.freezer = freezer;
        }

        ContainerFacts facts() {
            return facts;
        }

        /** Whether it is frozen, or about to be: clients are held until it is thawed. */
        boolean isFrozen() {
            return freezer.isShut();
        }

        /** Whether a client may go straight through. */
        boolean isOpen() {
            return !freezer.isShut() && containerRuns();
        }

        /**
         * Whether the container still runs. A look at a file in memory for each client, because a connect to the address of a container
         * that is gone is not refused: it goes unanswered for seconds, or with --network host reaches somebody else.
         */
        boolean containerRuns() {
            return Files.exists(started);
        }

        CompletableFuture<SocketAddress> address() {
            return address;
        }

        @Override
        public String word() {
            return isFrozen() ? "frozen" : "awake";
        }
    }

    /** The last wake failed, and the next must not begin yet; clients are held. */
    final class Failed implements ServiceState {
        @Override
        public String word() {
            return "failed";
        }
    }

    /** Nobody has come for the idle time: the listeners are being paused. */
    final class Drowsy implements ServiceState {
        private final ServiceState before;
        private boolean paused;

        Drowsy(ServiceState before) {
            this.before = before;
        }

        /** No client can come any more. */
        void pause() {
            paused = true;
        }

        boolean isPaused() {
            return paused;
        }

        /** To go back to if somebody came meanwhile. */
        ServiceState before() {
            return before;
        }

        @Override
        public String word() {
            return "falling asleep";
        }
    }

    /** No client, none can come: the container is being stopped, then the sockets are given back. */
    final class FallingAsleep implements ServiceState {
        @Override
        public String word() {
            return "falling asleep";
        }
    }

    /** systemd listens again. */
    final class Gone implements ServiceState {
        @Override
        public String word() {
            return "dormant";
        }
    }
}
