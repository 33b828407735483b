package dev.dormouse.daemon.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Settings of one source; what is absent there may be in the other. Immutable. */
public final class ConfigSettings {
    /** Nothing set. */
    public static final ConfigSettings NONE = new ConfigSettings(Map.of());

    private final Map<ConfigKey<?>, Object> values;

    private ConfigSettings(Map<ConfigKey<?>, Object> values) {
        this.values = Map.copyOf(values);
    }

    /** These and one more, or another value of one. */
    public <T> ConfigSettings with(ConfigKey<T> key, T value) {
        Map<ConfigKey<?>, Object> more = new HashMap<>(values);
        more.put(key, value);
        return new ConfigSettings(more);
    }

    /** What this source says. */
    @SuppressWarnings("unchecked") // with() put it there
    public <T> Optional<T> get(ConfigKey<T> key) {
        return Optional.ofNullable((T) values.get(key));
    }

    boolean has(ConfigKey<?> key) {
        return values.containsKey(key);
    }

    /** These, and the other's where they say nothing. */
    ConfigSettings or(ConfigSettings other) {
        Map<ConfigKey<?>, Object> all = new HashMap<>(other.values);
        all.putAll(values);
        return new ConfigSettings(all);
    }

    /** Those of certain keys only. */
    ConfigSettings only(Predicate<ConfigKey<?>> wanted) {
        Map<ConfigKey<?>, Object> some = new HashMap<>(values);
        some.keySet().removeIf(wanted.negate());
        return new ConfigSettings(some);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConfigSettings settings && settings.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.keySet().toString();
    }
}
