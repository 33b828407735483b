package dev.dormouse.daemon.store;

import java.time.Instant;
import java.util.Optional;

/**
 * What the engine alone knows of a container ({@code state.json}); everything else about its runs comes from the runtime.
 *
 * @param schema version of the file's form; this engine writes and reads {@link #SCHEMA}
 * @param compiled its files for a start are as its record says; false while a create or a rename is half done
 * @param stoppedByHand its last stop was asked for through the API
 * @param lastStart when its last run that the engine saw began
 * @param failure how it ended when the runtime has nothing to say about that; older than the runtime's last exit: without meaning
 */
public record ContainerFacts(
        int schema, boolean compiled, boolean stoppedByHand, Optional<Instant> lastStart, Optional<Failure> failure) {
    public static final int SCHEMA = 1;

    /** Of a container whose files for a start are not known to be there. */
    public static final ContainerFacts NONE =
            new ContainerFacts(SCHEMA, false, false, Optional.empty(), Optional.empty());

    public ContainerFacts withCompiled(boolean isCompiled) {
        return new ContainerFacts(SCHEMA, isCompiled, stoppedByHand, lastStart, failure);
    }

    public ContainerFacts withStoppedByHand(boolean byHand) {
        return new ContainerFacts(SCHEMA, compiled, byHand, lastStart, failure);
    }

    /** A run began: what was wrong before is over. */
    public ContainerFacts withStart(Instant at) {
        return new ContainerFacts(SCHEMA, compiled, false, Optional.of(at), Optional.empty());
    }

    public ContainerFacts withFailure(Failure why) {
        return new ContainerFacts(SCHEMA, compiled, stoppedByHand, lastStart, Optional.of(why));
    }

    /**
     * A start that failed, or a run whose end nobody recorded.
     *
     * @param exitCode as Docker gives it: 127 not found, 126 not executable, 128 other, 255 unknown
     */
    public record Failure(int exitCode, String error, Instant at) {}
}
