package dev.dormouse.units.manager;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What follows from a unit's name: its object on the bus, and its type's interface. */
final class UnitName {
    private static final String UNITS = "/org/freedesktop/systemd1/unit/";
    private static final String TYPES = "org.freedesktop.systemd1.";

    private UnitName() {}

    /** The object's path: systemd escapes all but letters and digits, and a leading digit (bus_label_escape). */
    static String object(String unit) {
        StringBuilder path = new StringBuilder(UNITS);
        byte[] bytes = unit.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            char character = (char) (bytes[i] & 0xff);
            boolean digit = character >= '0' && character <= '9';
            boolean letter = (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
            if (letter || (digit && i > 0)) {
                path.append(character);
            } else {
                path.append(String.format("_%02x", (int) character));
            }
        }
        return path.toString();
    }

    /** The interface that has the property {@code Result}; targets, slices and devices have none. */
    static Optional<String> resultInterface(String unit) {
        return switch (unit.substring(unit.lastIndexOf('.') + 1)) {
            case "service" -> Optional.of(TYPES + "Service");
            case "socket" -> Optional.of(TYPES + "Socket");
            case "mount" -> Optional.of(TYPES + "Mount");
            case "automount" -> Optional.of(TYPES + "Automount");
            case "swap" -> Optional.of(TYPES + "Swap");
            case "timer" -> Optional.of(TYPES + "Timer");
            case "path" -> Optional.of(TYPES + "Path");
            case "scope" -> Optional.of(TYPES + "Scope");
            default -> Optional.empty();
        };
    }

    /** {@code Unit}, {@code Service} or {@code Socket} as an interface. */
    static String typeInterface(String type) {
        return TYPES + type;
    }
}
