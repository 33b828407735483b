package dev.dormouse.proxy.command;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Has SIGTERM and SIGINT end the process with status 0, as systemd expects of a service that was told to stop
 * (systemd.service(5), SuccessExitStatus=). The JVM's own status would be 143, whatever its shutdown hooks do, unless one halts it.
 */
public final class ExitZero {
    private static final AtomicBoolean ARMED = new AtomicBoolean();

    private ExitZero() {}

    /** Runs the work when the process is told to end, and ends it with 0. Once in a process. */
    public static void onTermination(Runnable work) {
        if (!ARMED.compareAndSet(false, true)) {
            throw new IllegalStateException("what to do on termination is set already");
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> run(work), "termination"));
    }

    /** The process ends by itself: leave its status as it is. */
    public static void disarm() {
        ARMED.set(false);
    }

    private static void run(Runnable work) {
        if (!ARMED.get()) {
            return;
        }
        try {
            work.run();
        } finally {
            Runtime.getRuntime().halt(0);
        }
    }
}
