package dev.dormouse.daemon.exec;

import dev.dormouse.daemon.container.TerminalSize;
import dev.dormouse.daemon.log.LogEntry;

/** A process that was started in a container. Thread-safe. */
public interface RunningExec {
    /** Its number on the machine. */
    long pid();

    /**
     * Writes to its standard input or terminal; blocks a platform thread while it does not read.
     *
     * @return false if it will not
     */
    boolean write(byte[] bytes, int length);

    /** End of its standard input. A terminal has none. */
    void endInput();

    /** Gives its terminal a size; nothing if it has none, or has ended. */
    void resize(TerminalSize size);

    /**
     * Waits for its end while its output goes to {@code output}; then everything of it is gone but what it left running in the
     * container. To be called once.
     *
     * @return its exit code, 0 to 255
     */
    int await(Output output);

    /** Its client has gone: its terminal hangs up, without one it is asked to end; it is killed if it has not after ten seconds. */
    void hangUp();

    boolean hasEnded();

    /** Kills it. */
    void kill();

    /** Takes what a process writes. Called by one thread at a time. */
    @FunctionalInterface
    interface Output {
        /** Keeps nothing. */
        Output NONE = (_, _) -> {};

        /**
         * Takes bytes; may block.
         *
         * @param stream standard output also for a terminal
         */
        void write(LogEntry.Stream stream, byte[] bytes);
    }
}
