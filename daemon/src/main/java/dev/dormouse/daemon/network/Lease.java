package dev.dormouse.daemon.network;

import java.util.Optional;

/**
 * Addresses that a container has on a network, from create or connect to remove or disconnect.
 *
 * @param address6 absent on a network without IPv6
 */
public record Lease(String address, Optional<String> address6) {}
