package dev.dormouse.units.manager;

import java.util.Optional;

/** What systemd is about to do, for a service that must know why it is being stopped. Thread-safe; throws {@link SystemdException} only. */
public interface ManagerView {
    /**
     * The type of the job that a unit has, in systemd's words: {@code stop} while {@code systemctl stop} ends it, {@code restart} while
     * {@code systemctl restart} ends it to start it again (org.freedesktop.systemd1(5), JobType); absent: it has none.
     */
    Optional<String> jobType(String unit);

    /** {@code running}, {@code degraded}, {@code stopping} while the machine goes down, … (systemctl(1), is-system-running). */
    String systemState();
}
