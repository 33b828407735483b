package dev.dormouse.units.manager;

/** The connection to the bus ended while something was asked. */
final class BusLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BusLostException(String message) {
        super(message);
    }
}
