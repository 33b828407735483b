package dev.dormouse.daemon.network;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.file.DurableFile;
import dev.dormouse.daemon.spec.ContainerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What tells this host from every other and never changes: systemd's machine id, or a random one that the engine keeps.
 *
 * @param value 32 hexadecimal digits
 */
public record HostId(String value) {
    /** machine-id(5); it may say {@code uninitialized} early in a first boot. */
    private static final Path MACHINE_ID = Path.of("/etc/machine-id");

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    /**
     * This host's id; a random one is made, and kept, where the machine has none.
     *
     * @param state {@code /var/lib/dormouse}
     * @throws EngineException.Failed if it cannot be kept
     */
    public static HostId establish(Path state) {
        return establish(MACHINE_ID, own(state));
    }

    static HostId establish(Path machineId, Path own) {
        return known(machineId, own).orElseGet(() -> {
            HostId made = new HostId(ContainerId.random().value().substring(0, 32));
            try {
                Files.createDirectories(own.toAbsolutePath().getParent());
            } catch (IOException e) {
                throw new EngineException.Failed("cannot make the folder of " + own + ": " + e.getMessage(), e);
            }
            DurableFile.write(own, made.value() + "\n");
            return made;
        });
    }

    /**
     * This host's id, if it has been established.
     *
     * @param state {@code /var/lib/dormouse}
     */
    public static Optional<HostId> known(Path state) {
        return known(MACHINE_ID, own(state));
    }

    private static Path own(Path state) {
        return state.resolve("networks/host-id");
    }

    /** One that the engine has made stays, even if the machine gets its own later: addresses were given by it. */
    private static Optional<HostId> known(Path machineId, Path own) {
        return read(own).or(() -> read(machineId));
    }

    private static Optional<HostId> read(Path file) {
        try {
            return Optional.of(Files.readString(file).strip())
                    .filter(text -> FORM.matcher(text).matches())
                    .map(HostId::new);
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new EngineException.Failed("cannot read the host's id from " + file + ": " + e.getMessage(), e);
        }
    }
}
