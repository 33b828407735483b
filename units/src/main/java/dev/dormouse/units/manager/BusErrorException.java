package dev.dormouse.units.manager;

/** An error that systemd or the bus answered. */
final class BusErrorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String name;

    /**
     * @param name the D-Bus name, such as {@code org.freedesktop.systemd1.NoSuchUnit}
     * @param words the text that came with it
     */
    BusErrorException(String name, String words) {
        super(words);
        this.name = name;
    }

    String name() {
        return name;
    }

    String words() {
        return String.valueOf(getMessage());
    }
}
