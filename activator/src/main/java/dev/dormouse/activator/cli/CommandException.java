package dev.dormouse.activator.cli;

/** The command cannot do what was asked for. The message says what, why, and what to do. */
final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final int FAILED = 1;
    private static final int UNKNOWN_SERVICE = 3;

    private final int exitCode;

    CommandException(String message) {
        super(message);
        this.exitCode = FAILED;
    }

    CommandException(String message, Throwable cause) {
        super(message, cause);
        this.exitCode = FAILED;
    }

    private CommandException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    static CommandException unknownService(String name) {
        return new CommandException(UNKNOWN_SERVICE, "no service named " + name + "; dormouse list shows them");
    }

    /** Of the command. */
    int exitCode() {
        return exitCode;
    }
}
