package dev.dormouse.daemon.error;

import org.jspecify.annotations.Nullable;

/**
 * Why an engine call could not be done. The message is what the user reads: it names the thing, what happened, why, and what to do.
 * The API turns each kind into one HTTP status ({@code daemon.api}); no other exception type is part of a method's contract.
 */
public abstract sealed class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private EngineException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** No such container, image or network: 404. */
    public static final class NotFound extends EngineException {
        private static final long serialVersionUID = 1L;

        public NotFound(String message) {
            super(message, null);
        }
    }

    /** What the client sent is wrong; the message names the field and what is allowed: 400. */
    public static final class InvalidParameter extends EngineException {
        private static final long serialVersionUID = 1L;

        public InvalidParameter(String message) {
            super(message, null);
        }
    }

    /** A registry wants other credentials, or any: 401. */
    public static final class Unauthorized extends EngineException {
        private static final long serialVersionUID = 1L;

        public Unauthorized(String message) {
            super(message, null);
        }
    }

    /** The thing is in a state that does not allow the call (name taken, still running): 409. */
    public static final class Conflict extends EngineException {
        private static final long serialVersionUID = 1L;

        public Conflict(String message) {
            super(message, null);
        }
    }

    /** The thing is already as asked (started, stopped): 304. */
    public static final class NotModified extends EngineException {
        private static final long serialVersionUID = 1L;

        public NotModified(String message) {
            super(message, null);
        }
    }

    /** The engine takes no such call now, but will again: 503. */
    public static final class Unavailable extends EngineException {
        private static final long serialVersionUID = 1L;

        public Unavailable(String message) {
            super(message, null);
        }
    }

    /** The engine has not got so far yet: 503, with the time after which to try again. */
    public static final class NotReady extends EngineException {
        private static final long serialVersionUID = 1L;

        public NotReady(String message) {
            super(message, null);
        }
    }

    /** A part of the Docker API that Dormouse does not have: 501. */
    public static final class NotImplemented extends EngineException {
        private static final long serialVersionUID = 1L;

        public NotImplemented(String message) {
            super(message, null);
        }
    }

    /** A program, the disk or systemd failed us: 500. */
    public static final class Failed extends EngineException {
        private static final long serialVersionUID = 1L;

        public Failed(String message) {
            super(message, null);
        }

        public Failed(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
