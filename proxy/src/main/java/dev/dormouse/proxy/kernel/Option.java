package dev.dormouse.proxy.kernel;

/** Socket options whose value is one int (socket(7), tcp(7)). */
public enum Option {
    TYPE(Option.SOL_SOCKET, 3),
    ERROR(Option.SOL_SOCKET, 4),
    KEEP_ALIVE(Option.SOL_SOCKET, 9),
    /** Whether the socket listens. */
    ACCEPTS(Option.SOL_SOCKET, 30),
    /** Its address family. */
    DOMAIN(Option.SOL_SOCKET, 39),
    /** Each datagram comes with the address that it was sent to: IP_PKTINFO of ip(7). */
    IPV4_PACKET_INFO(Option.IPPROTO_IP, 8),
    /** The same of IPv6, and of IPv4 at a socket for both: IPV6_RECVPKTINFO of ipv6(7). */
    IPV6_PACKET_INFO(Option.IPPROTO_IPV6, 49),
    NO_DELAY(Option.IPPROTO_TCP, 1),
    /** Seconds without traffic before the first keep-alive probe. */
    KEEP_ALIVE_IDLE(Option.IPPROTO_TCP, 4),
    /** Seconds between keep-alive probes. */
    KEEP_ALIVE_INTERVAL(Option.IPPROTO_TCP, 5),
    /** Unanswered keep-alive probes that end the connection. */
    KEEP_ALIVE_COUNT(Option.IPPROTO_TCP, 6),
    /** How often a SYN is repeated before connect fails. */
    SYN_COUNT(Option.IPPROTO_TCP, 7);

    static final int SOL_SOCKET = 1;
    static final int SO_LINGER = 13;
    static final int IPPROTO_IP = 0;
    static final int IPPROTO_IPV6 = 41;
    private static final int IPPROTO_TCP = 6;

    private final int level;
    private final int number;

    Option(int level, int number) {
        this.level = level;
        this.number = number;
    }

    int level() {
        return level;
    }

    int number() {
        return number;
    }
}
