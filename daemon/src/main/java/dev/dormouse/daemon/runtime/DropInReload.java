package dev.dormouse.daemon.runtime;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.units.manager.SystemdException;
import dev.dormouse.units.manager.SystemdManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Has systemd know a drop-in that has come or gone. A unit that is not loaded is read with its drop-ins when it next is, so only one
 * that is loaded (it runs, or another unit names it) needs a {@code daemon-reload}; those that are asked for while one is under way are
 * one. Thread-safe.
 */
final class DropInReload {
    private final SystemdManager systemd;
    private final ReentrantLock reloading = new ReentrantLock();
    private final AtomicLong begun = new AtomicLong();
    private long succeeded;

    DropInReload(SystemdManager systemd) {
        this.systemd = systemd;
    }

    /**
     * Returns when systemd knows whether the unit has the drop-in.
     *
     * @throws EngineException.Failed if systemd cannot be reached or refuses
     */
    void changed(String unit, Path dropIn) {
        try {
            // NeedDaemonReload would not tell: systemd 252 does not look for new folders in it.
            boolean known = systemd.properties(unit, "Unit").get("DropInPaths") instanceof Collection<?> paths
                    && paths.contains(dropIn.toString());
            if (known != Files.exists(dropIn)) {
                reload();
            }
        } catch (SystemdException e) {
            throw new EngineException.Failed(
                    "systemd does not know the restart policy in " + dropIn + ": " + e.getMessage(), e);
        }
    }

    /** Returns when a reload that began after the call has ended. */
    void reload() {
        long before = begun.get();
        reloading.lock();
        try {
            if (succeeded > before) {
                return;
            }
            long number = begun.incrementAndGet();
            systemd.reload();
            succeeded = number;
        } finally {
            reloading.unlock();
        }
    }
}
