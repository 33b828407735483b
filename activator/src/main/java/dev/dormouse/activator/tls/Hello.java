package dev.dormouse.activator.tls;

import java.util.Optional;

/** What a client's first bytes are, as TLS. */
public sealed interface Hello {
    /** A beginning. */
    record Incomplete() implements Hello {}

    /** No ClientHello of TLS 1.0 to 1.3. */
    record Malformed() implements Hello {}

    /**
     * A ClientHello.
     *
     * @param serverName that it asks for, in lower case (RFC 6066, 3); with Encrypted Client Hello, the name in the open
     */
    record Whole(Optional<String> serverName) implements Hello {}

    Hello INCOMPLETE = new Incomplete();
    Hello MALFORMED = new Malformed();
}
