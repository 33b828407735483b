package dev.dormouse.units.journal;

import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** What stands before a line. */
enum LineForm {
    /** The priority (sd-daemon(3)); the journal knows the time. */
    JOURNAL {
        @Override
        String head(char priority, String level) {
            return "<" + priority + ">";
        }
    },
    /** Time and level before the first line of an event, nothing before the others. */
    PEOPLE {
        @Override
        String head(char priority, String level) {
            return level.isEmpty() ? "" : TIME.format(LocalTime.now(ZoneId.systemDefault())) + " [" + level + "] ";
        }
    };

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    /**
     * The head of a line.
     *
     * @param level of the event whose first line it is; empty for any other line
     */
    abstract String head(char priority, String level);
}
