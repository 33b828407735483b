package dev.dormouse.units.notify;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where NOTIFY_SOCKET points to.
 *
 * @param path of a file; or the name of an abstract socket after a NUL, as the kernel has it (unix(7))
 */
record NotifyAddress(String path) {
    /** {@code sun_path} less the NUL at its end. */
    private static final int LONGEST = 107;

    /** Empty if it is of another kind than a path and {@code @name}; systemd also knows vsock, for virtual machines. */
    static Optional<NotifyAddress> parse(String text) {
        boolean known = text.length() > 1 && (text.startsWith("/") || text.startsWith("@"));
        // ASCII, as systemd's own are.
        boolean fits = text.length() <= LONGEST
                && StandardCharsets.US_ASCII.newEncoder().canEncode(text);
        if (!known || !fits) {
            return Optional.empty();
        }
        return Optional.of(new NotifyAddress(text.startsWith("@") ? "\0" + text.substring(1) : text));
    }
}
