package dev.dormouse.activator.wake;

import dev.dormouse.waitport.Cause;
import dev.dormouse.waitport.Probe;
import dev.dormouse.waitport.ProbeResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Ready when the prober has said so: it is root, and looks into the container, which this process cannot. Its word is a file that names
 * the run that it is about, as {@code started} does.
 *
 * @param folder {@code /run/dormouse/containers/ID}
 * @param file its name there
 * @param awaited what the prober is to see, for the end of a sentence
 */
record ReadyFile(Path folder, String file, String awaited) implements Probe {
    /** The container's health check succeeds. */
    static ReadyFile ofHealth(Path folder) {
        return new ReadyFile(folder, "ready", "its health check to succeed");
    }

    /** What one of the container's services waits for. */
    static ReadyFile ofService(Path folder, String service, String awaited) {
        return new ReadyFile(folder, "ready-" + service, awaited);
    }

    @Override
    public ProbeResult attempt(Duration timeout) {
        try {
            String ready = Files.readString(folder.resolve(file));
            if (!ready.isEmpty() && Files.readString(folder.resolve("started")).contains("\n" + ready)) {
                return ProbeResult.READY;
            }
            return notYet();
        } catch (IOException _) {
            return notYet();
        }
    }

    private ProbeResult notYet() {
        return new ProbeResult.NotYet(
                Cause.FAILED, "it waited for " + awaited + health() + ", which dormouse-prober.service is to see");
    }

    private String health() {
        try {
            return " (health: " + Files.readString(folder.resolve("health")).strip() + ")";
        } catch (IOException _) {
            return ""; // it has no health check, or nobody has looked at it yet
        }
    }

    @Override
    public String toString() {
        return awaited;
    }
}
