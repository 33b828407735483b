package dev.dormouse.units.manager;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** One connection to the system bus, with systemd on it. Thread-safe. Once lost it stays so. */
interface Bus extends AutoCloseable {
    /**
     * Calls a method of systemd's and waits for the reply.
     *
     * @param object path of the object
     * @param signature D-Bus signature of the arguments, empty for none
     * @return the reply's values; structures are {@code Object[]}, the rest as dbus-java reads them
     * @throws BusErrorException if the reply is an error
     * @throws BusLostException if the connection ends before a reply; whether the call was executed is then unknown
     */
    Object[] call(Duration patience, String object, String type, String member, String signature, Object... arguments);

    /**
     * Hears systemd's signals, and nobody else's of the same name, until the result is closed. The listener runs on a thread of
     * the bus and must not call it.
     */
    Subscription subscribe(String object, String type, String member, Consumer<Object[]> listener);

    /** As {@link #subscribe}, of every object below a path; the listener is told of which. */
    Subscription subscribeBelow(String path, String type, String member, BiConsumer<String, Object[]> listener);

    /** Completes, normally, when the connection has ended for whatever reason, or systemd has left the bus. */
    CompletableFuture<Void> lost();

    @Override
    void close();

    /** Ends a {@link #subscribe}. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /** Makes connections. */
    @FunctionalInterface
    interface Connector {
        /**
         * Connects.
         *
         * @throws SystemdException if there is no bus, or systemd is not on it
         */
        Bus connect();
    }
}
