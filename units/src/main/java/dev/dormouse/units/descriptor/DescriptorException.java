package dev.dormouse.units.descriptor;

/** The descriptors that this process was started with are not what it needs; the message is one line for the user. */
public final class DescriptorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DescriptorException(String message) {
        super(message);
    }

    DescriptorException(String message, Throwable cause) {
        super(message, cause);
    }
}
