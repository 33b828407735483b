package dev.dormouse.daemon.spec;

/**
 * A port of a container, in Docker's form {@code 80/tcp}.
 *
 * @param number 1 to 65535
 */
public record Port(int number, Protocol protocol) {
    /** Transport protocols that a port can have. */
    public enum Protocol {
        TCP,
        UDP,
        SCTP;

        /** As Docker writes it: {@code tcp}. */
        public String lowerCase() {
            return switch (this) {
                case TCP -> "tcp";
                case UDP -> "udp";
                case SCTP -> "sctp";
            };
        }
    }

    public Port {
        if (number < 1 || number > 65_535) {
            throw new IllegalArgumentException("port must be 1 to 65535: " + number);
        }
    }

    @Override
    public String toString() {
        return number + "/" + protocol.lowerCase();
    }
}
