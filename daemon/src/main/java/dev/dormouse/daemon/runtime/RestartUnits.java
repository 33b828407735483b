package dev.dormouse.daemon.runtime;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.file.DurableFile;
import dev.dormouse.daemon.spec.ContainerId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Keeps the drop-in of each container that has a restart policy, {@code dormouse-container@NAME.service.d/50-restart.conf}, and its mark
 * in {@code autostart/}, which says for which unit that is and that the engine is needed at boot. What the policy means is in
 * {@code unit.env}: a drop-in that a crash left behind changes nothing. Thread-safe for different containers.
 */
final class RestartUnits {
    private static final String FILE = "50-restart.conf";
    private static final Pattern INSTANCE = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{1,199}");
    private static final Set<PosixFilePermission> FOR_ALL = PosixFilePermissions.fromString("rw-r--r--");

    private final RuntimePaths paths;
    private final Path units;
    private final Consumer<Path> changed;

    /**
     * @param units {@code /etc/systemd/system}
     * @param changed told of every drop-in that has come or gone
     */
    RestartUnits(RuntimePaths paths, Path units, Consumer<Path> changed) {
        this.paths = paths;
        this.units = units;
        this.changed = changed;
    }

    /** Makes mark and drop-in what the record says. */
    void configure(ContainerRecord container) {
        String instance = container.unitName();
        if (!container.hostConfig().restartPolicy().restarts()) {
            remove(container.id());
            return;
        }
        Optional<String> marked = marked(container.id());
        if (!marked.equals(Optional.of(instance))) {
            marked.ifPresent(old -> removeDropIn(old, container.id()));
            makeFolder(paths.autostart());
            DurableFile.write(paths.autostart().resolve(container.id().value()), instance + "\n");
        }
        writeDropIn(instance, container.id());
    }

    /** Removes what {@link #configure} made, if it did. */
    void remove(ContainerId id) {
        marked(id).ifPresent(instance -> {
            removeDropIn(instance, id);
            DurableFile.delete(paths.autostart().resolve(id.value()));
        });
    }

    private void writeDropIn(String instance, ContainerId id) {
        Path file = dropIn(instance);
        String text = header(id)
                + """

                [Service]
                # First it is decided whether and when, then prepared.
                ExecCondition=
                ExecCondition=%s %%i
                ExecCondition=%s %%i
                Restart=always
                # The wait is container-may-start's.
                RestartSec=0
                TimeoutStartSec=120
                """.formatted(
                                paths.scripts().resolve("container-may-start"),
                                paths.scripts().resolve("container-prepare"));
        if (!read(file).equals(Optional.of(text))) {
            makeFolder(folder(file));
            DurableFile.write(file, text.getBytes(StandardCharsets.UTF_8), FOR_ALL);
            changed.accept(file);
        }
    }

    /** Another container may have that name by now, and with it the drop-in. */
    private void removeDropIn(String instance, ContainerId id) {
        Path file = dropIn(instance);
        if (read(file).filter(text -> !text.startsWith(header(id))).isPresent()) {
            return;
        }
        // Gone already if an engine was killed right here: systemd may not know it yet.
        DurableFile.delete(file);
        try {
            Files.deleteIfExists(folder(file));
        } catch (DirectoryNotEmptyException _) {
            // An administrator's own drop-ins stay.
        } catch (IOException e) {
            throw new EngineException.Failed("cannot remove " + folder(file) + ": " + e.getMessage(), e);
        }
        changed.accept(file);
    }

    private Path dropIn(String instance) {
        if (!INSTANCE.matcher(instance).matches()) {
            throw new EngineException.Failed("not the name of a container's unit: " + instance);
        }
        return units.resolve(unit(instance) + ".d").resolve(FILE);
    }

    private static String unit(String instance) {
        return "dormouse-container@" + instance + ".service";
    }

    private static String header(ContainerId id) {
        return "# Dormouse: restart policy of container " + id.value() + ", made and removed with it";
    }

    private Optional<String> marked(ContainerId id) {
        return read(paths.autostart().resolve(id.value())).map(String::strip);
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new EngineException.Failed("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static Path folder(Path file) {
        return Optional.ofNullable(file.getParent()).orElseThrow();
    }

    private static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new EngineException.Failed("cannot make " + folder + ": " + e.getMessage(), e);
        }
    }
}
