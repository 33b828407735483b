package dev.dormouse.daemon.spec;

/**
 * One {@code --publish}.
 *
 * @param hostAddress an IPv4 or IPv6 literal, or empty for every address
 * @param hostPort 1 to 65535; an ephemeral request (0) is resolved at create time, before the record is stored
 */
public record PublishedPort(Port container, String hostAddress, int hostPort) {
    /** Whether the host can give only one of the two what it asks for. */
    public boolean clashesWith(PublishedPort other) {
        boolean sameAddress = hostAddress.equals(other.hostAddress)
                || isEveryAddress(hostAddress)
                || isEveryAddress(other.hostAddress);
        return hostPort == other.hostPort && container.protocol() == other.container.protocol() && sameAddress;
    }

    private static boolean isEveryAddress(String address) {
        return address.isEmpty() || address.equals("0.0.0.0") || address.equals("::");
    }
}
