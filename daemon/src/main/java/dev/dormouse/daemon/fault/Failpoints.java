package dev.dormouse.daemon.fault;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The steps between which an engine may be killed, and which may fail: each durable write, each program that is run, each order to
 * systemd says here that it is about to be done. Nothing listens but in a test: within its own JVM, or, in an engine that is a process, in
 * {@link FailpointFolder}, if whoever starts the JVM has set its property. Thread-safe.
 */
public final class Failpoints {
    /** Property of the JVM: the folder through which a test drives an engine that is a process of its own. */
    static final String PROPERTY = "dormouse.failpoints";

    private static volatile Listener listener = ofThisProcess();

    private Failpoints() {}

    /** Who is told of each step before it is done. */
    @FunctionalInterface
    interface Listener {
        Listener NONE = (_, _) -> {};

        /**
         * A step is about to be done. May never return.
         *
         * @throws IOException instead of the step: it fails so
         */
        void passing(String step, String what) throws IOException;
    }

    /**
     * A step is about to be done.
     *
     * @param step what is done: {@code write}, {@code run}, {@code start}, …
     * @param what to what: a file's name, a program's, a unit's
     * @throws IOException if a test has it fail
     */
    public static void pass(String step, String what) throws IOException {
        listener.passing(step, what);
    }

    /** As {@link #pass(String, String)}, of a file or folder, by its own name. */
    public static void pass(String step, Path what) throws IOException {
        listener.passing(step, String.valueOf(what.getFileName()));
    }

    /** From now on this one listens, and no other. */
    static void listen(Listener next) {
        listener = next;
    }

    private static Listener ofThisProcess() {
        String folder = System.getProperty(PROPERTY);
        return folder == null ? Listener.NONE : new FailpointFolder(Path.of(folder));
    }
}
