package dev.dormouse.daemon.spec;

/**
 * One {@code --publish}.
 *
 * @param hostAddress an IPv4 or IPv6 literal, or empty for every address
 * @param hostPort 1 to 65535; an ephemeral request (0) is resolved at create time, before the record is stored
 */
public record PublishedPort(Port container, String hostAddress, int hostPort) {}
