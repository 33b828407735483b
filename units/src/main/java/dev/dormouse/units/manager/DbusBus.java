package dev.dormouse.units.manager;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.freedesktop.dbus.connections.IDisconnectCallback;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.freedesktop.dbus.interfaces.DBusSigHandler;
import org.freedesktop.dbus.matchrules.DBusMatchRule;
import org.freedesktop.dbus.matchrules.DBusMatchRuleBuilder;
import org.freedesktop.dbus.messages.DBusSignal;
import org.freedesktop.dbus.messages.Error;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.messages.MethodCall;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The system bus by dbus-java. Works with plain messages, not with its proxies: a proxy loses the names of systemd's errors, and waits
 * its whole time-out for a reply that the end of the connection has made impossible.
 */
final class DbusBus implements Bus {
    static final String BUS = "org.freedesktop.DBus";
    static final String SYSTEMD = "org.freedesktop.systemd1";

    private static final Logger LOG = LoggerFactory.getLogger(DbusBus.class);
    private static final Duration SHORT = Duration.ofSeconds(10);
    /** One attempt: dbus-java makes as many as fit in this time at 500 ms each, and BusLink has its own backoff. */
    private static final int CONNECT_MILLIS = 500;
    /** How often a wait for a reply looks whether one can still come. */
    private static final long LOOK_MILLIS = 250;

    /** dbus-daemon answers those above 128 a connection with LimitsExceeded (max_replies_per_connection of the system bus). */
    private static final int CALLS_AT_ONCE = 100;

    private final Semaphore calls = new Semaphore(CALLS_AT_ONCE, true);
    private final DBusConnection connection;
    private final CompletableFuture<Void> lost;
    private final String systemd;

    private DbusBus(DBusConnection connection, CompletableFuture<Void> lost) {
        this.connection = connection;
        this.lost = lost;
        this.systemd = (String) call(SHORT, BUS, "/org/freedesktop/DBus", BUS, "GetNameOwner", "s", SYSTEMD)[0];
    }

    static DbusBus connect() {
        CompletableFuture<Void> lost = new CompletableFuture<>();
        DBusConnection connection = open(lost);
        try {
            DbusBus bus = new DbusBus(connection, lost);
            bus.endWithSystemd();
            return bus;
        } catch (BusErrorException e) {
            disconnect(connection);
            throw new SystemdException(
                    "systemd is not on the system bus: " + e.words() + "; Dormouse needs systemd as PID 1", e);
        } catch (BusLostException | SystemdException e) {
            disconnect(connection);
            throw new SystemdException("the system bus closed the connection at once: " + e.getMessage(), e);
        }
    }

    private static DBusConnection open(CompletableFuture<Void> lost) {
        try {
            return DBusConnectionBuilder.forSystemBus()
                    .withShared(false)
                    .withDisconnectCallback(new Ending(lost))
                    .transportConfig()
                    .withTimeout(CONNECT_MILLIS)
                    .back()
                    .build();
        } catch (DBusException | DBusExecutionException e) {
            throw new SystemdException(
                    "cannot connect to the system bus: " + e.getMessage()
                            + "; is dbus.service (or dbus-broker) running?",
                    e);
        }
    }

    /** Before anything else of the connection's end, so that whoever gets an error for a reply can tell why. */
    private record Ending(CompletableFuture<Void> lost) implements IDisconnectCallback {
        @Override
        public void disconnectOnError(IOException e) {
            lost.complete(null);
        }

        @Override
        public void requestedDisconnect(Integer connection) {
            lost.complete(null);
        }

        @Override
        public void clientDisconnect() {
            lost.complete(null);
        }
    }

    /** {@code systemctl daemon-reexec} and a restarted bus give systemd a new unique name: what it says is then not heard. */
    private void endWithSystemd() {
        DBusMatchRule rule = DBusMatchRuleBuilder.create()
                .withType("signal")
                .withSender(BUS)
                .withInterface(BUS)
                .withMember("NameOwnerChanged")
                .withArg0123(0, SYSTEMD)
                .build();
        add(rule, _ -> lost.complete(null));
    }

    @Override
    public Object[] call(
            Duration patience, String object, String type, String member, String signature, Object... arguments) {
        return call(patience, SYSTEMD, object, type, member, signature, arguments);
    }

    private Object[] call(
            Duration patience,
            String destination,
            String object,
            String type,
            String member,
            String signature,
            Object... arguments) {
        beginCall(member);
        try {
            MethodCall call = connection
                    .getMessageFactory()
                    .createMethodCall(
                            destination,
                            object,
                            type,
                            member,
                            (byte) 0,
                            signature.isEmpty() ? null : signature,
                            arguments);
            connection.sendMessage(call);
            return values(reply(call, patience, member));
        } catch (DBusException | DBusExecutionException e) {
            // Not connected, in dbus-java's several ways of saying so.
            if (lost.isDone() || !connection.isConnected()) {
                throw new BusLostException("the connection ended before " + member + " was sent");
            }
            throw new SystemdException("cannot ask systemd for " + member + ": " + e.getMessage(), e);
        } finally {
            calls.release();
        }
    }

    /** Waits until there are so few calls without a reply that the bus takes one more. */
    private void beginCall(String member) {
        try {
            calls.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SystemdException("interrupted before " + member + " was sent", e);
        }
    }

    private Message reply(MethodCall call, Duration patience, String member) {
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end) {
            Message reply = call.getReply(LOOK_MILLIS);
            if (lost.isDone()) {
                throw new BusLostException("the connection ended before the reply to " + member);
            }
            if (reply != null) {
                return reply;
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new SystemdException("interrupted while waiting for the reply to " + member);
            }
        }
        throw new SystemdException("systemd has not answered " + member + " within " + patience.toSeconds() + " s");
    }

    private static Object[] values(Message reply) throws DBusException {
        Object[] values = Objects.requireNonNullElse(reply.getParameters(), new Object[0]);
        if (!(reply instanceof Error)) {
            return values;
        }
        String words = Arrays.stream(values).map(String::valueOf).collect(Collectors.joining(" "));
        if (reply.getName().equals("org.freedesktop.DBus.Error.NoReply")) {
            throw new BusLostException("systemd left the bus before it replied: " + words);
        }
        throw new BusErrorException(reply.getName(), words);
    }

    @Override
    public Subscription subscribe(String object, String type, String member, Consumer<Object[]> listener) {
        // Without the sender: dbus-java compares it with the unique name. Anyone may send a signal, so it is checked
        // here.
        DBusMatchRule rule = DBusMatchRuleBuilder.create()
                .withType("signal")
                .withPath(object)
                .withInterface(type)
                .withMember(member)
                .build();
        return add(rule, signal -> {
            if (systemd.equals(signal.getSource())) {
                listener.accept(parameters(signal));
            }
        });
    }

    @Override
    public Subscription subscribeBelow(String path, String type, String member, BiConsumer<String, Object[]> listener) {
        DBusMatchRule rule = DBusMatchRuleBuilder.create()
                .withType("signal")
                .withPathNamespace(path)
                .withInterface(type)
                .withMember(member)
                .build();
        return add(rule, signal -> {
            if (systemd.equals(signal.getSource())) {
                listener.accept(signal.getPath(), parameters(signal));
            }
        });
    }

    private static Object[] parameters(DBusSignal signal) {
        try {
            return Objects.requireNonNullElse(signal.getParameters(), new Object[0]);
        } catch (DBusException e) {
            throw new IllegalStateException("cannot read the signal " + signal.getName(), e);
        }
    }

    private Subscription add(DBusMatchRule rule, DBusSigHandler<DBusSignal> handler) {
        beginCall(rule.getMember());
        try {
            connection.addGenericSigHandler(rule, handler);
        } catch (DBusException | DBusExecutionException e) {
            if (lost.isDone() || !connection.isConnected()) {
                throw new BusLostException("the connection ended before " + rule.getMember() + " was subscribed to");
            }
            throw new SystemdException(
                    "the bus refused a subscription to " + rule.getMember() + ": " + e.getMessage(), e);
        } finally {
            calls.release();
        }
        return () -> remove(rule, handler);
    }

    private void remove(DBusMatchRule rule, DBusSigHandler<DBusSignal> handler) {
        try {
            connection.removeGenericSigHandler(rule, handler);
        } catch (DBusException | DBusExecutionException e) {
            if (!lost.isDone()) {
                LOG.warn("the bus refused to end a subscription to {}: {}", rule.getMember(), e.getMessage());
            }
        }
    }

    @Override
    public CompletableFuture<Void> lost() {
        return lost;
    }

    @Override
    public void close() {
        lost.complete(null);
        disconnect(connection);
    }

    private static void disconnect(DBusConnection connection) {
        connection.disconnect();
    }
}
