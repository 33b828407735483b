package dev.dormouse.units.notify;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What systemd's variables ask for (sd_notify(3), sd_watchdog_enabled(3)). */
final class NotifyEnvironment {
    private static final Logger LOG = LoggerFactory.getLogger(NotifyEnvironment.class);

    private NotifyEnvironment() {}

    static Notifier of(Map<String, String> environment, long pid) {
        String socket = environment.getOrDefault("NOTIFY_SOCKET", "");
        if (socket.isEmpty()) {
            return new SilentNotifier();
        }
        Optional<NotifyAddress> address = NotifyAddress.parse(socket);
        if (address.isEmpty()) {
            LOG.warn("nothing is told to systemd: NOTIFY_SOCKET is neither a path nor an abstract name (@) of up to 107"
                    + " characters of ASCII");
            return new SilentNotifier();
        }
        JnrTransport transport = new JnrTransport(address.get());
        return new SocketNotifier(transport, watchdogInterval(environment, pid));
    }

    /** Half of what systemd allows between two signs of life; empty if it expects none from this process. */
    static Optional<Duration> watchdogInterval(Map<String, String> environment, long pid) {
        String expected = environment.getOrDefault("WATCHDOG_USEC", "");
        String process = environment.getOrDefault("WATCHDOG_PID", "");
        if (expected.isEmpty() || (!process.isEmpty() && !process.equals(Long.toString(pid)))) {
            return Optional.empty();
        }
        if (!expected.matches("[1-9][0-9]{0,17}")) {
            LOG.warn("no watchdog: WATCHDOG_USEC is not a number of microseconds above 0");
            return Optional.empty();
        }
        return Optional.of(
                Duration.of(Long.parseLong(expected), ChronoUnit.MICROS).dividedBy(2));
    }
}
