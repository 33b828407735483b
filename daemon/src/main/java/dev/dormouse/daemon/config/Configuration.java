package dev.dormouse.daemon.config;

import dev.dormouse.daemon.error.EngineException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Holds the configuration that counts. Whoever needs a setting asks for {@link #current} each time; whoever must do something when one
 * changes listens. Thread-safe.
 */
public final class Configuration {
    private final ConfigSource source;
    private final List<ConfigListener> listeners = new CopyOnWriteArrayList<>();
    private volatile DaemonConfig current;

    private Configuration(ConfigSource source, DaemonConfig current) {
        this.source = source;
        this.current = current;
    }

    /**
     * Reads the configuration for the first time.
     *
     * @throws ConfigException with everything that is wrong
     */
    public static Configuration load(ConfigSource source) {
        return new Configuration(source, source.load());
    }

    /** What counts now. */
    public DaemonConfig current() {
        return current;
    }

    /** Tells a listener of every configuration from now on; of several, the one that came first is told first. */
    public void onChange(ConfigListener listener) {
        listeners.add(listener);
    }

    /**
     * Reads the configuration again and puts all of it into effect, or, if anything is wrong, nothing.
     *
     * @throws ConfigException with everything that is wrong; nothing has changed
     * @throws EngineException.Failed if a listener could not act on it; those before it were told the old one again
     */
    public synchronized Reloaded reload() {
        DaemonConfig loaded = source.load();
        DaemonConfig next = current.reloadedTo(loaded);
        List<String> changed = names(current.differences(next));
        if (!changed.isEmpty()) {
            tell(next);
            current = next;
        }
        return new Reloaded(changed, names(next.differences(loaded)));
    }

    private static List<String> names(List<ConfigKey<?>> keys) {
        return keys.stream().map(ConfigKey::name).toList();
    }

    private void tell(DaemonConfig next) {
        int told = 0;
        try {
            for (ConfigListener listener : listeners) {
                listener.apply(next);
                told++;
            }
        } catch (RuntimeException e) {
            EngineException.Failed failure = new EngineException.Failed(
                    "the new configuration could not be put into effect, the old one counts: " + e.getMessage(), e);
            for (ConfigListener listener : listeners.subList(0, told).reversed()) {
                takeBack(listener, failure);
            }
            throw failure;
        }
    }

    private void takeBack(ConfigListener listener, EngineException.Failed failure) {
        try {
            listener.apply(current);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }
}
