package dev.dormouse.units.descriptor;

/**
 * A socket that systemd passed to this process.
 *
 * @param number the descriptor, 3 or above; close-on-exec is set
 * @param name from LISTEN_FDNAMES; {@code unknown} where systemd gave none
 * @param address where it is bound, for messages: {@code 0.0.0.0:80}, {@code [::]:80}, {@code /run/x.sock}, {@code @abstract}
 */
public record InheritedDescriptor(int number, String name, Family family, Type type, String address) {
    /** Address family of the socket. */
    public enum Family {
        INET,
        INET6,
        UNIX
    }

    /** A listening stream socket, or a bound datagram socket. */
    public enum Type {
        STREAM,
        DATAGRAM
    }
}
