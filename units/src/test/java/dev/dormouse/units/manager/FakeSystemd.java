package dev.dormouse.units.manager;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.UInt64;
import org.freedesktop.dbus.types.Variant;

/** A systemd with one unit, and a bus to it that a test can break at the point it wants. */
final class FakeSystemd {
    static final String UNIT = "web.service";
    private static final String MANAGER = "org.freedesktop.systemd1.Manager";

    volatile String active = "inactive";
    volatile String sub = "dead";
    volatile String result = "success";
    volatile long stateChanged;
    volatile long inactiveExit;
    volatile Optional<String> job = Optional.empty();
    volatile String jobType = "start";
    volatile String systemState = "running";

    /** What happens in systemd when a job is asked for, before the reply. */
    volatile Runnable onJob = () -> {};

    /** Refuses all calls but Subscribe so. */
    volatile Optional<BusErrorException> refusal = Optional.empty();

    /** Connections that are refused before the next is made. */
    final AtomicInteger refusedConnections = new AtomicInteger();

    final List<String> calls = new CopyOnWriteArrayList<>();
    final List<FakeBus> connections = new CopyOnWriteArrayList<>();
    private int jobs;

    Bus connect() {
        if (refusedConnections.getAndUpdate(left -> Math.max(left - 1, 0)) > 0) {
            throw new SystemdException("cannot connect to the system bus: refused by the test");
        }
        FakeBus bus = new FakeBus();
        connections.add(bus);
        return bus;
    }

    FakeBus connection() {
        return connections.getLast();
    }

    void becomes(String newActive, String newSub) {
        active = newActive;
        sub = newSub;
    }

    String newJob() {
        jobs++;
        String path = "/org/freedesktop/systemd1/job/" + jobs;
        job = Optional.of(path);
        return path;
    }

    /** JobRemoved of the unit's job. */
    void jobEnds(String word) {
        String path = job.orElseThrow();
        job = Optional.empty();
        connection().emit(MANAGER, "JobRemoved", new UInt32(jobs), new DBusPath(path), UNIT, word);
    }

    void unitChanged() {
        connection().emit("org.freedesktop.DBus.Properties", "PropertiesChanged", "x", Map.of(), List.of());
    }

    final class FakeBus implements Bus {
        private final CompletableFuture<Void> lost = new CompletableFuture<>();
        private final Map<String, List<Consumer<Object[]>>> listeners = new HashMap<>();

        @Override
        public Object[] call(
                Duration patience, String object, String type, String member, String signature, Object... arguments) {
            if (lost.isDone()) {
                throw new BusLostException("lost");
            }
            if (refusal.isPresent() && !member.equals("Subscribe")) {
                throw refusal.get();
            }
            Object[] reply = reply(member, arguments);
            // Only now: a test that waits for a call may change what it answers.
            calls.add(member);
            if (lost.isDone()) {
                throw new BusLostException("lost before the reply");
            }
            return reply;
        }

        private Object[] reply(String member, Object... arguments) {
            return switch (member) {
                case "StartUnit", "StopUnit" -> {
                    String path = newJob();
                    onJob.run();
                    yield new Object[] {new DBusPath(path)};
                }
                case "ListUnitsByNames" -> new Object[] {Collections.singletonList(row())};
                case "Get" -> new Object[] {property((String) arguments[1])};
                case "GetAll" ->
                    new Object[] {Map.of("Result", new Variant<>(result), "MainPID", new Variant<>(new UInt32(7)))};
                default -> new Object[0];
            };
        }

        private Object[] row() {
            return new Object[] {
                UNIT,
                "",
                "loaded",
                active,
                sub,
                "",
                new DBusPath("/unit"),
                new UInt32(job.isPresent() ? jobs : 0),
                jobType,
                new DBusPath(job.orElse("/"))
            };
        }

        private Variant<?> property(String name) {
            return switch (name) {
                case "Result" -> new Variant<>(result);
                case "SystemState" -> new Variant<>(systemState);
                case "StateChangeTimestampMonotonic" -> new Variant<>(new UInt64(stateChanged));
                case "InactiveExitTimestampMonotonic" -> new Variant<>(new UInt64(inactiveExit));
                default -> throw new BusErrorException("org.freedesktop.DBus.Error.UnknownProperty", name);
            };
        }

        @Override
        public synchronized Subscription subscribe(
                String object, String type, String member, Consumer<Object[]> listener) {
            listeners
                    .computeIfAbsent(type + "." + member, _ -> new ArrayList<>())
                    .add(listener);
            return () -> unsubscribe(type, member, listener);
        }

        @Override
        public Subscription subscribeBelow(
                String path, String type, String member, BiConsumer<String, Object[]> listener) {
            return subscribe(path, type, member, values -> listener.accept(UnitName.object(UNIT), values));
        }

        private synchronized void unsubscribe(String type, String member, Consumer<Object[]> listener) {
            listeners.getOrDefault(type + "." + member, new ArrayList<>()).remove(listener);
        }

        private synchronized void emit(String type, String member, Object... values) {
            listeners.getOrDefault(type + "." + member, List.of()).forEach(listener -> listener.accept(values));
        }

        @Override
        public CompletableFuture<Void> lost() {
            return lost;
        }

        @Override
        public void close() {
            lost.complete(null);
        }
    }
}
