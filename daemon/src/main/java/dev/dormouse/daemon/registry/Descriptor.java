package dev.dormouse.daemon.registry;

/**
 * Points to content of a registry (OCI image specification, descriptor.md).
 *
 * @param size in bytes, not negative
 */
public record Descriptor(String mediaType, Digest digest, long size) {}
