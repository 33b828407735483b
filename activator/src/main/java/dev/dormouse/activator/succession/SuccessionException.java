package dev.dormouse.activator.succession;

/** What an activator left cannot be read: the services must be given back. */
public final class SuccessionException extends RuntimeException {
    public SuccessionException(String message) {
        super(message);
    }
}
