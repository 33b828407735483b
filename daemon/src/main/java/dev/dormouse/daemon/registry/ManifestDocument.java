package dev.dormouse.daemon.registry;

import dev.dormouse.daemon.error.EngineException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of a manifest or an index: OCI image specification, manifest.md and image-index.md, and CNCF distribution's "Image Manifest
 * Version 2, Schema 2", which have the same members.
 */
record ManifestDocument(
        int schemaVersion,
        @Nullable String mediaType,
        @Nullable Pointer config,
        @Nullable List<Pointer> layers,
        @Nullable List<Pointer> manifests) {
    /** What a registry is told that we understand. */
    static final String ACCEPT = String.join(
            ", ",
            "application/vnd.docker.distribution.manifest.v2+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.oci.image.index.v1+json");

    private static final Set<String> CONFIGS =
            Set.of("application/vnd.docker.container.image.v1+json", "application/vnd.oci.image.config.v1+json");
    private static final Set<String> LAYERS = Set.of(
            "application/vnd.docker.image.rootfs.diff.tar",
            "application/vnd.docker.image.rootfs.diff.tar.gzip",
            "application/vnd.docker.image.rootfs.diff.tar.zstd",
            "application/vnd.oci.image.layer.v1.tar",
            "application/vnd.oci.image.layer.v1.tar+gzip",
            "application/vnd.oci.image.layer.v1.tar+zstd");
    /** What buildkit adds beside an image: not one to run. */
    private static final String ATTESTATION = "vnd.docker.reference.type";

    /** Docker's own bound of layers, and far more platforms than there are. */
    private static final int MOST_LAYERS = 127;

    private static final int MOST_ENTRIES = 1000;

    /**
     * Reads a document.
     *
     * @param what for errors
     * @throws EngineException.InvalidParameter naming the field that is wrong
     */
    static Manifest parse(String what, byte[] json) {
        ManifestDocument document = RegistryJson.read(what, json, ManifestDocument.class);
        if (document.schemaVersion != 2) {
            throw new EngineException.InvalidParameter(what + ": schemaVersion " + document.schemaVersion
                    + " is not supported (Docker Image Format v1 and Docker Image manifest version 2, schema 1 are"
                    + " obsolete): only 2 is; push the image anew with a tool of today");
        }
        // One document must not be two things to two readers (CVE-2021-41190).
        if (document.manifests != null && (document.config != null || document.layers != null)) {
            throw new EngineException.InvalidParameter(what + ": has both manifests and config or layers");
        }
        Digest digest = Digest.of(json);
        return document.manifests == null
                ? document.image(what, digest)
                : new Manifest.Index(digest, entries(what, document.manifests));
    }

    private Manifest.Image image(String what, Digest digest) {
        if (config == null || layers == null) {
            throw new EngineException.InvalidParameter(what + ": is neither an image (it has no "
                    + (config == null ? "config" : "layers") + ") nor an index (it has no manifests)");
        }
        Descriptor found = config.descriptor(what + ": config");
        if (!CONFIGS.contains(found.mediaType())) {
            throw new EngineException.InvalidParameter(what + ": config: unsupported media type "
                    + Quoted.of(found.mediaType()) + ": it is no container image");
        }
        if (layers.size() > MOST_LAYERS) {
            throw new EngineException.InvalidParameter(
                    what + ": layers: " + layers.size() + " of them; at most " + MOST_LAYERS + " are allowed");
        }
        return new Manifest.Image(
                digest,
                found,
                layers.stream().map(pointer -> layer(what, pointer)).toList());
    }

    private static Descriptor layer(String what, @Nullable Pointer pointer) {
        Descriptor layer = present(what + ": layers", pointer).descriptor(what + ": layers");
        if (!LAYERS.contains(layer.mediaType())) {
            throw new EngineException.InvalidParameter(what + ": layers: unsupported media type "
                    + Quoted.of(layer.mediaType()) + "; allowed are tar, plain or compressed with gzip or zstd");
        }
        return layer;
    }

    private static List<Manifest.Index.Entry> entries(String what, List<Pointer> manifests) {
        if (manifests.size() > MOST_ENTRIES) {
            throw new EngineException.InvalidParameter(
                    what + ": manifests: " + manifests.size() + " of them; at most " + MOST_ENTRIES + " are allowed");
        }
        return manifests.stream()
                .map(pointer -> present(what + ": manifests", pointer))
                .filter(pointer -> !Optional.ofNullable(pointer.annotations)
                        .orElse(Map.of())
                        .containsKey(ATTESTATION))
                .map(pointer -> new Manifest.Index.Entry(
                        pointer.descriptor(what + ": manifests"),
                        Optional.ofNullable(pointer.platform).map(Target::platform)))
                .toList();
    }

    private static Pointer present(String field, @Nullable Pointer pointer) {
        if (pointer == null) {
            throw new EngineException.InvalidParameter(field + ": has a null element");
        }
        return pointer;
    }

    /** A descriptor as it is written. */
    record Pointer(
            @Nullable String mediaType,
            @Nullable String digest,
            @Nullable Long size,
            @Nullable Map<String, String> annotations,
            @Nullable Target platform) {
        Descriptor descriptor(String field) {
            if (digest == null || size == null || size < 0) {
                throw new EngineException.InvalidParameter(field + ": needs a digest and a size that is not negative");
            }
            return new Descriptor(mediaType == null ? "" : mediaType, Digest.parse(field + ".digest", digest), size);
        }
    }

    /** A platform as it is written. */
    record Target(
            @Nullable String os,
            @Nullable String architecture,
            @Nullable String variant) {
        Platform platform() {
            return new Platform(
                    os == null ? "" : os, architecture == null ? "" : architecture, variant == null ? "" : variant);
        }
    }
}
