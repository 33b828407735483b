package dev.dormouse.daemon.health;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.units.journal.JournalLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@code dormouse-prober}: probes while a container is named in {@code /run/dormouse/probes}, then ends. */
public final class ProberMain {
    /** A container that is restarted is away for less. */
    private static final Duration IDLE = Duration.ofSeconds(3);

    private static final ProberPaths SYSTEM = ProberPaths.of(Path.of("/var/lib/dormouse"), Path.of("/run/dormouse"));

    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private ProberMain() {}

    /** Ends the process: 0 when there is nothing more to probe, or on SIGTERM. */
    public static void main(String... arguments) {
        JournalLog.install();
        if (arguments.length > 0 && !isRehearsal(arguments)) {
            System.err.println("dormouse-prober: takes no arguments; systemd starts it: dormouse-prober.path");
            System.exit(USAGE);
        }
        Thread prober = Thread.currentThread();
        AtomicBoolean leaving = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (leaving.compareAndSet(false, true)) {
                end(prober);
            }
        }));
        try {
            Prober.underSystemd(isRehearsal(arguments) ? rehearsal(Path.of(arguments[1])) : SYSTEM)
                    .run(IDLE);
            leaving.set(true);
        } catch (EngineException e) {
            System.err.println("dormouse-prober: " + e.getMessage());
            leaving.set(true);
            System.exit(FAILED);
        }
    }

    /** {@code --rehearse FOLDER}: the same with folders that are no machine's, for the ahead-of-time cache. */
    private static boolean isRehearsal(String... arguments) {
        return arguments.length == 2 && arguments[0].equals("--rehearse");
    }

    private static ProberPaths rehearsal(Path folder) {
        return new ProberPaths(folder.resolve("state"), folder.resolve("run"), folder.resolve("services"));
    }

    /** On SIGTERM. Halting is what makes the exit status 0. */
    private static void end(Thread prober) {
        prober.interrupt();
        try {
            prober.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(0);
    }
}
