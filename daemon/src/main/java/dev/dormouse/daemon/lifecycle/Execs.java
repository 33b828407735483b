package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.container.ExecConfig;
import dev.dormouse.daemon.container.TerminalSize;
import dev.dormouse.daemon.exec.RunningExec;
import dev.dormouse.daemon.spec.ContainerId;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the API can do with further processes in running containers. An {@code exec} is a full id; this engine knows those that it has
 * made, an ended one for some minutes. Thread-safe; calls block and throw {@link dev.dormouse.daemon.error.EngineException} only, with
 * Docker's texts where clients match on them.
 */
public interface Execs {
    /**
     * Makes one, which does not run yet; its id.
     *
     * @throws dev.dormouse.daemon.error.EngineException.Conflict if the container does not run, or is paused
     * @throws dev.dormouse.daemon.error.EngineException.InvalidParameter if its user is not known there
     */
    String create(String container, ExecConfig config);

    /**
     * Says whether it can be started now.
     *
     * @throws dev.dormouse.daemon.error.EngineException.Conflict if it was started, or its container does not run or is paused
     */
    void requireStartable(String exec);

    /**
     * Starts it and connects a client to it, until it has ended, or the client has typed the keys to detach: then it goes on. One that
     * cannot be executed has ended, and the client has read why.
     *
     * @param size of its terminal; absent: what its creation says
     * @param input what the client types; ends by itself when the client has gone
     * @param output what the client is shown; throws when it has gone
     * @throws InterruptedException if the client has gone; the process is asked to end
     */
    void attach(String exec, Optional<TerminalSize> size, InputStream input, RunningExec.Output output)
            throws InterruptedException;

    /**
     * Starts it with nobody attached to it; it runs when this returns.
     *
     * @throws dev.dormouse.daemon.error.EngineException.InvalidParameter if it cannot be executed
     */
    void detach(String exec, Optional<TerminalSize> size);

    /**
     * Gives its terminal a size, once it runs.
     *
     * @throws dev.dormouse.daemon.error.EngineException.InvalidParameter if it has none, or does not run
     */
    void resize(String exec, TerminalSize size) throws InterruptedException;

    /** One as it is now. */
    State inspect(String exec);

    /** Those of a container that have not ended. */
    List<String> of(ContainerId container);

    /**
     * What is known of one.
     *
     * @param exitCode absent until it has ended
     * @param pid 0 until it runs
     */
    record State(
            String id, ContainerId container, ExecConfig config, boolean running, OptionalInt exitCode, long pid) {}
}
