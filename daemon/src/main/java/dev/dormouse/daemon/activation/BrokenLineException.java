package dev.dormouse.daemon.activation;

/** A line is not one of the activator's. */
final class BrokenLineException extends Exception {
    private static final long serialVersionUID = 1;

    BrokenLineException(String message) {
        super(message);
    }
}
