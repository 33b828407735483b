package dev.dormouse.daemon.image;

import java.time.Instant;
import java.util.List;

/**
 * An image that this engine holds.
 *
 * @param tags {@code name:tag} in Docker's short form ({@code nginx:latest}), sorted
 * @param digests {@code name@digest} as the registries call it that it was pulled from, sorted; no tag and no digest: dangling
 * @param size of its layers unpacked, in bytes
 * @param diffIds {@code sha256:…} of each uncompressed layer, base first
 * @param layers containers-storage's layer ids, base first
 * @param architecture as the OCI specification writes it: {@code amd64}
 */
public record Image(
        ImageId id,
        List<String> tags,
        List<String> digests,
        ImageConfig config,
        Instant created,
        long size,
        List<String> diffIds,
        List<String> layers,
        String architecture,
        String os,
        String author,
        String comment) {}
