package dev.dormouse.units.manager;

/** systemd could not be asked, or refused. The message names the unit, what was asked, and systemd's or the bus's own words. */
public final class SystemdException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SystemdException(String message) {
        super(message);
    }

    public SystemdException(String message, Throwable cause) {
        super(message, cause);
    }
}
