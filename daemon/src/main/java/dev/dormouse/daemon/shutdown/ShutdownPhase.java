package dev.dormouse.daemon.shutdown;

/**
 * One step of the way down.
 *
 * @param name as it is logged and documented (docs/adr/0008-shutdown.md)
 */
public record ShutdownPhase(String name, Work work) {
    /** A phase that says nothing but that it is done. */
    public static ShutdownPhase of(String name, Closing closing) {
        return new ShutdownPhase(name, () -> {
            closing.close();
            return "done";
        });
    }

    /** What a phase does. */
    @FunctionalInterface
    public interface Work {
        /** Does it; what came of it, for the log. */
        String run() throws Exception;
    }

    /** What a phase closes. */
    @FunctionalInterface
    public interface Closing {
        void close() throws Exception;
    }
}
