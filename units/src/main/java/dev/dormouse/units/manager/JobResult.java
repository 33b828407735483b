package dev.dormouse.units.manager;

/** How a job of systemd's ended: JobRemoved's result in org.freedesktop.systemd1(5). */
public enum JobResult {
    DONE,
    FAILED,
    DEPENDENCY,
    TIMEOUT,
    CANCELED,
    SKIPPED,
    /** Any other word; systemd may have new ones. */
    OTHER
}
