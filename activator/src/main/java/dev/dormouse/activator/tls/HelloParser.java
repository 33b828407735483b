package dev.dormouse.activator.tls;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Parses the body of a ClientHello (RFC 8446, 4.1.2). */
final class HelloParser {
    private static final int VERSION_AND_RANDOM = 2 + 32;
    private static final int SERVER_NAME = 0;
    private static final int HOST_NAME = 0;

    private HelloParser() {}

    /** @throws RuntimeException of the buffer's if a length leads out of it */
    static Hello parse(ByteBuffer body) {
        body.position(body.position() + VERSION_AND_RANDOM);
        part(body, Byte.toUnsignedInt(body.get())); // legacy_session_id
        part(body, Short.toUnsignedInt(body.getShort())); // cipher_suites
        part(body, Byte.toUnsignedInt(body.get())); // legacy_compression_methods
        if (!body.hasRemaining()) {
            // Before TLS 1.2 there need be no extensions.
            return new Hello.Whole(Optional.empty());
        }
        ByteBuffer extensions = part(body, Short.toUnsignedInt(body.getShort()));
        Optional<String> serverName = Optional.empty();
        while (extensions.hasRemaining()) {
            int type = Short.toUnsignedInt(extensions.getShort());
            ByteBuffer extension = part(extensions, Short.toUnsignedInt(extensions.getShort()));
            if (type == SERVER_NAME) {
                if (serverName.isPresent()) {
                    return Hello.MALFORMED;
                }
                serverName = hostName(extension);
            }
        }
        return body.hasRemaining() ? Hello.MALFORMED : new Hello.Whole(serverName);
    }

    private static Optional<String> hostName(ByteBuffer extension) {
        ByteBuffer names = part(extension, Short.toUnsignedInt(extension.getShort()));
        Optional<String> name = Optional.empty();
        while (names.hasRemaining()) {
            int type = names.get();
            ByteBuffer bytes = part(names, Short.toUnsignedInt(names.getShort()));
            if (type == HOST_NAME && name.isEmpty()) {
                name = Optional.of(
                        StandardCharsets.ISO_8859_1.decode(bytes).toString().toLowerCase(Locale.ROOT));
            }
        }
        return name;
    }

    /** The next bytes, as a part of their own. */
    private static ByteBuffer part(ByteBuffer from, int length) {
        ByteBuffer part = from.slice(from.position(), checked(length, from.remaining()));
        from.position(from.position() + length);
        return part;
    }

    private static int checked(int length, int most) {
        if (length > most) {
            throw new IllegalArgumentException(length + " bytes where " + most + " are left");
        }
        return length;
    }
}
