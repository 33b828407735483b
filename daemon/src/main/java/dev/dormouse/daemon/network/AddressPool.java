package dev.dormouse.daemon.network;

/**
 * Addresses from which networks get their subnets.
 *
 * @param base the whole, in CIDR notation: {@code 172.20.0.0/14}, {@code fd5c:1f00:42aa::/48}
 * @param size prefix length of the subnets it is divided into
 */
public record AddressPool(String base, int size) {}
