package dev.dormouse.units.notify;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Tells systemd about this service (sd_notify(3)). Thread-safe. Every message is sent in order on a thread of its own, which the first one
 * starts: no call waits for it, and none throws because it cannot be sent, which is logged once.
 */
public interface Notifier extends AutoCloseable {
    /** By this process's NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID; where the first is not set, nothing ever happens. */
    static Notifier fromEnvironment() {
        return NotifyEnvironment.of(System.getenv(), ProcessHandle.current().pid());
    }

    /** The service has started, or has ended a reload. */
    void ready();

    /** What it does, for {@code systemctl status}; line ends become spaces. */
    void status(String text);

    /** The service begins to stop. */
    void stopping();

    /** The service begins to reload, at this instant on CLOCK_MONOTONIC; {@link #ready} ends it (Type=notify-reload). */
    void reloading();

    /** Another process is the service's main process from now on. */
    void mainPid(long pid);

    /** The start, stop or reload under way needs this long from now on; send it again before that. */
    void extendTimeout(Duration more);

    /**
     * From now on says at half of WATCHDOG_USEC that the service is alive, as long as it is; nothing if systemd has not asked this
     * process.
     *
     * @param alive looks whether the service works; quick, as it holds up other messages
     */
    void watchdog(BooleanSupplier alive);

    /** Sends what is still to be sent, for two seconds at most, and ends the thread. */
    @Override
    void close();
}
