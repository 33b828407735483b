package dev.dormouse.units.journal;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * One line of the journal with fields of its own, by which journalctl can select it: {@code journalctl SERVICE=nginx}.
 *
 * @param fields names of A-Z, 0-9 and _, not beginning with _ (systemd.journal-fields(7))
 */
public record JournalEvent(Level level, String message, Map<String, String> fields) {
    /** How grave it is, with the journal's number (syslog(3)). */
    public enum Level {
        ERROR(3),
        WARNING(4),
        INFO(6);

        private final int priority;

        Level(int priority) {
            this.priority = priority;
        }

        int priority() {
            return priority;
        }
    }

    public JournalEvent {
        for (String name : fields.keySet()) {
            if (!name.matches("[A-Z][A-Z0-9_]{0,63}")) {
                throw new IllegalArgumentException("not a name of a journal's field: " + name);
            }
        }
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** An event without fields. */
    public static JournalEvent of(Level level, String message) {
        return new JournalEvent(level, message, Map.of());
    }

    /** With a field more. */
    public JournalEvent with(String name, String value) {
        SequencedMap<String, String> more = new LinkedHashMap<>(fields);
        more.put(name, value);
        return new JournalEvent(level, message, more);
    }

    /** With a time in microseconds. */
    public JournalEvent with(String name, Duration time) {
        return with(name, Long.toString(time.dividedBy(ChronoUnit.MICROS.getDuration())));
    }
}
