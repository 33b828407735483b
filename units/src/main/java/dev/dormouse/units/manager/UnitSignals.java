package dev.dormouse.units.manager;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hears of changes of units, by one subscription for all of them: a bus lets a connection have 512 (dbus-daemon's
 * max_match_rules_per_connection), and a herd of services that wake are more. While nobody listens there is none. Thread-safe.
 */
final class UnitSignals {
    private static final String UNITS = "/org/freedesktop/systemd1/unit";

    private final Bus bus;
    /** By the unit's object. */
    private final Map<String, Set<Runnable>> listeners = new ConcurrentHashMap<>();

    private final ReentrantLock subscribing = new ReentrantLock();
    private Optional<Bus.Subscription> subscription = Optional.empty();

    UnitSignals(Bus bus) {
        this.bus = bus;
    }

    /** Runs {@code changed}, on a thread of the bus, whenever a property of the unit has changed, until the result is closed. */
    Bus.Subscription add(String unit, Runnable changed) {
        String object = UnitName.object(unit);
        subscribing.lock();
        try {
            listeners
                    .computeIfAbsent(object, _ -> ConcurrentHashMap.newKeySet())
                    .add(changed);
            if (subscription.isEmpty()) {
                subscription = Optional.of(bus.subscribeBelow(
                        UNITS,
                        "org.freedesktop.DBus.Properties",
                        "PropertiesChanged",
                        (changedObject, _) -> changed(changedObject)));
            }
        } catch (RuntimeException e) {
            forget(object, changed);
            throw e;
        } finally {
            subscribing.unlock();
        }
        return () -> remove(object, changed);
    }

    private void changed(String object) {
        listeners.getOrDefault(object, Set.of()).forEach(Runnable::run);
    }

    private void remove(String object, Runnable changed) {
        subscribing.lock();
        try {
            forget(object, changed);
            if (listeners.isEmpty()) {
                subscription.ifPresent(Bus.Subscription::close);
                subscription = Optional.empty();
            }
        } finally {
            subscribing.unlock();
        }
    }

    private void forget(String object, Runnable changed) {
        listeners.computeIfPresent(object, (_, some) -> {
            some.remove(changed);
            return some.isEmpty() ? null : some;
        });
    }
}
