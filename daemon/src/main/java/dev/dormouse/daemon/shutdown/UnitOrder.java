package dev.dormouse.daemon.shutdown;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.file.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The dependencies between containers as systemd has them: a drop-in with {@code After=} for each unit whose container needs others. By
 * it systemd stops dependents first when it stops many by itself, as at the machine's shutdown, when no engine may be running
 * (systemd.unit(5): the order of stops is the inverse of that of starts).
 *
 * @param units {@code /etc/systemd/system}
 */
record UnitOrder(Path units) {
    static final String FILE = "50-dormouse-order.conf";
    private static final String FOLDERS = "dormouse-container@*.service.d";

    /**
     * Makes the drop-ins be those of these containers.
     *
     * @return whether any was changed, so that systemd must read them again
     */
    boolean write(Collection<ContainerRecord> containers) {
        Map<Path, String> wanted = new HashMap<>();
        Dependencies.of(containers)
                .stoppedBefore()
                .forEach((container, needed) -> wanted.put(dropIn(container), text(needed)));
        boolean changed = false;
        for (Path file : present()) {
            if (!wanted.containsKey(file)) {
                remove(file);
                changed = true;
            }
        }
        for (Map.Entry<Path, String> entry : wanted.entrySet()) {
            if (!entry.getValue().equals(content(entry.getKey()))) {
                put(entry.getKey(), entry.getValue());
                changed = true;
            }
        }
        return changed;
    }

    private Path dropIn(ContainerRecord container) {
        return units.resolve(container.unit() + ".d").resolve(FILE);
    }

    private static String text(List<ContainerRecord> needed) {
        StringBuilder text = new StringBuilder("# By Dormouse, from com.docker.compose.depends_on.\n[Unit]\n");
        needed.stream()
                .map(ContainerRecord::unit)
                .sorted()
                .forEach(unit -> text.append("After=").append(unit).append('\n'));
        return text.toString();
    }

    private Set<Path> present() {
        Set<Path> found = new HashSet<>();
        if (!Files.isDirectory(units)) {
            return found;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(units, FOLDERS)) {
            for (Path folder : folders) {
                Path file = folder.resolve(FILE);
                if (Files.exists(file)) {
                    found.add(file);
                }
            }
            return found;
        } catch (IOException e) {
            throw new EngineException.Failed("cannot list " + units + ": " + e, e);
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException _) {
            return "";
        } catch (IOException e) {
            throw new EngineException.Failed("cannot read " + file + ": " + e, e);
        }
    }

    private static void put(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new EngineException.Failed("cannot make the folder of " + file + ": " + e, e);
        }
        DurableFile.write(file, text.getBytes(StandardCharsets.UTF_8), PosixFilePermissions.fromString("rw-r--r--"));
    }

    private static void remove(Path file) {
        DurableFile.delete(file);
        try {
            Files.deleteIfExists(file.getParent());
        } catch (DirectoryNotEmptyException _) {
            // Somebody else's drop-ins are in it.
        } catch (IOException e) {
            throw new EngineException.Failed("cannot remove " + file.getParent() + ": " + e, e);
        }
    }
}
