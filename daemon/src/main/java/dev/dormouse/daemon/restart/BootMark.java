package dev.dormouse.daemon.restart;

import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Whether an engine of this boot has started the containers already.
 *
 * @param file holds the boot id of when that was done last; on a file system that a boot empties or on one that lasts
 * @param bootId {@code /proc/sys/kernel/random/boot_id} (random(4)): another one after each boot
 */
public record BootMark(Path file, Path bootId) {
    /** This machine's. */
    public static BootMark in(Path runFolder) {
        return new BootMark(runFolder.resolve("autostarted"), Path.of("/proc/sys/kernel/random/boot_id"));
    }

    boolean isNewBoot() {
        try {
            return !Files.readString(file).strip().equals(current());
        } catch (NoSuchFileException _) {
            return true;
        } catch (IOException e) {
            throw new EngineException.Failed("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** From now on it is no new boot. */
    void remember() {
        try {
            Files.writeString(file, current() + "\n");
        } catch (IOException e) {
            throw new EngineException.Failed("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private String current() {
        try {
            return Files.readString(bootId).strip();
        } catch (IOException e) {
            throw new EngineException.Failed("cannot read " + bootId + ": " + e.getMessage(), e);
        }
    }
}
