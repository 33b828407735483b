package dev.dormouse.daemon.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A test's word to an engine that is a process of its own. {@code passed}, while it is there, gets a line for each step. {@code kill} names
 * a step, {@code TIMES STEP}: when the engine is about to do that for so many times since the file came, it takes the file away and is
 * killed. Thread-safe; of steps on several threads one at a time passes, and none once it is decided.
 */
final class FailpointFolder implements Failpoints.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(FailpointFolder.class);
    /** So that a step has the same name for each container. */
    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

    private final Path folder;
    private final Map<String, Integer> passed = new HashMap<>();
    private String order = "";

    FailpointFolder(Path folder) {
        this.folder = folder;
        LOG.warn("failpoints are on: whoever can write to {} can kill this engine", folder);
    }

    @Override
    public synchronized void passing(String step, String what) throws IOException {
        String point = step + " " + ID.matcher(what).replaceAll("ID");
        Path record = folder.resolve("passed");
        if (Files.exists(record)) {
            Files.writeString(record, point + "\n", StandardOpenOption.APPEND);
        }
        if (isLast(point)) {
            Files.delete(folder.resolve("kill"));
            LOG.warn("killed before: {}", point);
            kill();
        }
    }

    private boolean isLast(String point) throws IOException {
        String asked = read(folder.resolve("kill"));
        if (!asked.equals(order)) {
            order = asked;
            passed.clear();
        }
        return !asked.isEmpty() && asked.equals(passed.merge(point, 1, Integer::sum) + " " + point);
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.UTF_8).strip();
        } catch (NoSuchFileException _) {
            return "";
        }
    }

    /** Never returns. */
    private static void kill() throws IOException {
        new ProcessBuilder(
                        "kill", "-KILL", Long.toString(ProcessHandle.current().pid()))
                .start();
        while (true) {
            LockSupport.park();
        }
    }
}
