package dev.dormouse.daemon.container;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code --restart}: what follows when a container has ended by itself, and at boot.
 *
 * @param maximumRetries of {@link Kind#ON_FAILURE}: restarts in a row at most; 0: no limit, and so for every other kind
 */
public record RestartPolicy(Kind kind, int maximumRetries) {
    /** Nothing follows: the default. */
    public static final RestartPolicy NO = new RestartPolicy(Kind.NO, 0);

    public RestartPolicy {
        if (maximumRetries < 0 || (maximumRetries > 0 && kind != Kind.ON_FAILURE)) {
            throw new IllegalArgumentException(
                    "a maximum of retries is 0, or more for on-failure: " + maximumRetries + " for " + kind.word());
        }
    }

    /** Which ends are followed by a restart. */
    public enum Kind {
        /** None. */
        NO,
        /** Every one but a stop by hand; at boot even after that. */
        ALWAYS,
        /** Every one but a stop by hand. */
        UNLESS_STOPPED,
        /** Exit codes other than 0, but for a stop by hand. */
        ON_FAILURE;

        /** As Docker writes it: {@code on-failure}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** The kind of that word. */
        public static Optional<Kind> of(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.word().equals(word))
                    .findFirst();
        }
    }

    /** Whether anything ever follows. */
    public boolean restarts() {
        return kind != Kind.NO;
    }
}
