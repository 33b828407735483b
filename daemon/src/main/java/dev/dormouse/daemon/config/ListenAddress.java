package dev.dormouse.daemon.config;

import java.nio.file.Path;
import java.util.OptionalInt;

/** Where the API listens: one {@code --host}. */
public sealed interface ListenAddress {
    /** sockaddr_un holds 108 bytes, the last of them NUL (unix(7)). */
    int LONGEST_PATH = 107;

    /** {@code unix:///path}: a socket that the engine makes itself. */
    record Unix(Path path) implements ListenAddress {}

    /**
     * {@code fd://}: sockets that systemd passed.
     *
     * @param descriptor 3 or above, {@code fd://3}; absent, {@code fd://} or {@code fd://*}: all of them
     */
    record Inherited(OptionalInt descriptor) implements ListenAddress {}

    /**
     * Reads a {@code --host}.
     *
     * @throws ConfigException if it is none of the above; the message does not say where it was given
     */
    static ListenAddress parse(String text) {
        if (text.startsWith("unix://")) {
            return unix(text.substring("unix://".length()));
        }
        if (text.startsWith("fd://")) {
            return inherited(text.substring("fd://".length()));
        }
        if (text.startsWith("tcp://")) {
            throw new ConfigException(text + ": TCP is refused, as whoever connects would be root; use unix:///path"
                    + " and, from afar, DOCKER_HOST=ssh://…");
        }
        throw new ConfigException("must be unix:///path or fd://, not '" + text + "'");
    }

    private static ListenAddress unix(String path) {
        if (!path.startsWith("/") || path.length() > LONGEST_PATH || path.indexOf('\0') >= 0) {
            throw new ConfigException(
                    "a socket's path must be absolute and at most " + LONGEST_PATH + " bytes long, not '" + path + "'");
        }
        return new Unix(Path.of(path));
    }

    private static ListenAddress inherited(String number) {
        if (number.isEmpty() || number.equals("*")) {
            return new Inherited(OptionalInt.empty());
        }
        if (!number.matches("[0-9]{1,6}") || Integer.parseInt(number) < 3) {
            throw new ConfigException("fd:// takes nothing, * or a number from 3, not '" + number + "'");
        }
        return new Inherited(OptionalInt.of(Integer.parseInt(number)));
    }
}
