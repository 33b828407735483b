package dev.dormouse.units.service;

/** What a service was to be declared with is not allowed, or its files cannot be read or written. The message says what, and what to do. */
public final class DeclarationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DeclarationException(String message) {
        super(message);
    }

    public DeclarationException(String message, Throwable cause) {
        super(message, cause);
    }
}
