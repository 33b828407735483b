package dev.dormouse.daemon.config;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key of {@code daemon.json}.
 *
 * @param kind what its values are
 * @param byDefault its value where neither the file nor the command line has one
 * @param flag the option of the command line that says the same; a setting must not be in both places
 * @param reloadable whether a running engine can take another value
 */
public record ConfigKey<T>(String name, ValueKind<T> kind, T byDefault, Optional<String> flag, boolean reloadable) {
    /** That only the file has and a reload changes. */
    static <T> ConfigKey<T> reloadable(String name, ValueKind<T> kind, T byDefault) {
        return new ConfigKey<>(name, kind, byDefault, Optional.empty(), true);
    }

    /** That the command line has as well, fixed while the engine runs. */
    static <T> ConfigKey<T> fixed(String name, ValueKind<T> kind, T byDefault, String flag) {
        return new ConfigKey<>(name, kind, byDefault, Optional.of(flag), false);
    }

    /** That needs a restart. */
    static <T> ConfigKey<T> fixed(String name, ValueKind<T> kind, T byDefault) {
        return new ConfigKey<>(name, kind, byDefault, Optional.empty(), false);
    }

    ConfigKey<T> orFlag(String option) {
        return new ConfigKey<>(name, kind, byDefault, Optional.of(option), reloadable);
    }

    /** A key is equal to itself alone. What a record has instead is put together at run time, too slowly for a cold start (decision 22). */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
