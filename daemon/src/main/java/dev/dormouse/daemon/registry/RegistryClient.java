package dev.dormouse.daemon.registry;

import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/** One repository of a registry, as somebody may see it. Every document is checked against its digest. Thread-safe. */
public final class RegistryClient implements AutoCloseable {
    /** Most bytes of a manifest or a configuration: what registries take. */
    private static final int MOST_BYTES = 4 << 20;

    private static final int DEEPEST_INDEX = 3;

    private final Source source;

    RegistryClient(Source source) {
        this.source = source;
    }

    /** The same for somebody else, to be closed by itself: what was found out about who may see it is asked once. */
    public RegistryClient share() {
        return new RegistryClient(source.share());
    }

    public Repository repository() {
        return source.repository();
    }

    /**
     * What a tag names now.
     *
     * @throws EngineException with dockerd's text if there is none, or not for these credentials
     */
    public Manifest byTag(String tag) throws InterruptedException {
        return manifest(tag, ":" + tag, Optional.empty());
    }

    /**
     * What has this digest.
     *
     * @throws EngineException with dockerd's text if there is none, or not for these credentials
     */
    public Manifest byDigest(Digest digest) throws InterruptedException {
        return manifest(digest.toString(), "@" + digest, Optional.of(digest));
    }

    /**
     * The image for a platform.
     *
     * @throws EngineException.NotFound if an index has none for it; of a single image nobody asks what it is for, as with dockerd
     */
    public Manifest.Image choose(Manifest manifest, Platform platform) throws InterruptedException {
        Manifest found = manifest;
        for (int depth = 0; depth < DEEPEST_INDEX; depth++) {
            switch (found) {
                case Manifest.Image image -> {
                    return image;
                }
                case Manifest.Index index -> found = fetch(best(index, platform));
            }
        }
        throw new EngineException.InvalidParameter(
                "manifest " + manifest.digest() + ": has indexes within indexes, more than " + DEEPEST_INDEX + " deep");
    }

    /** An image's configuration. */
    public String config(Descriptor config) throws InterruptedException {
        String what = "image configuration " + config.digest();
        byte[] json = document(source.repository().blob(config.digest()), "", what, "");
        requireWhole(what, json, config);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new EngineException.Failed(what + " is not UTF-8", e);
        }
    }

    /** Downloads a blob to where {@code sink} puts it. */
    public BlobDownload download(Descriptor blob, BlobSink sink, BlobDownload.Watcher watcher) {
        return new BlobDownload(source, blob, sink, watcher);
    }

    private Manifest fetch(Descriptor entry) throws InterruptedException {
        String reference = entry.digest().toString();
        byte[] json = document(
                source.repository().manifest(reference),
                "@" + reference,
                "manifest " + reference,
                ManifestDocument.ACCEPT);
        requireWhole("manifest " + reference, json, entry);
        return ManifestDocument.parse("manifest " + reference, json);
    }

    private Manifest manifest(String reference, String suffix, Optional<Digest> digest) throws InterruptedException {
        byte[] json = document(source.repository().manifest(reference), suffix, "manifest", ManifestDocument.ACCEPT);
        if (digest.isPresent()) {
            requireDigest("manifest", json, digest.get());
        }
        return ManifestDocument.parse("manifest for " + source.repository().familiar() + suffix, json);
    }

    private static Descriptor best(Manifest.Index index, Platform platform) {
        return index.entries().stream()
                .filter(entry -> rank(entry, platform) >= 0)
                .min(Comparator.comparingInt(entry -> rank(entry, platform)))
                .map(Manifest.Index.Entry::descriptor)
                .orElseThrow(() -> new EngineException.NotFound(
                        "no matching manifest for " + platform + " in the manifest list entries"));
    }

    /** Where an entry does not say, it fits everybody, but after those who say so. */
    private static int rank(Manifest.Index.Entry entry, Platform platform) {
        return entry.platform().map(platform::rank).orElse(Integer.MAX_VALUE);
    }

    private byte[] document(URI uri, String suffix, String what, String accept) throws InterruptedException {
        try (Exchange.Response response = source.get(uri, accept.isEmpty() ? Map.of() : Map.of("Accept", accept))) {
            if (response.status() != 200) {
                throw refused(uri, suffix, Refusal.of(response));
            }
            return response.body()
                    .all(MOST_BYTES)
                    .orElseThrow(() -> new EngineException.Failed("Get \"" + Exchange.shown(uri) + "\": the " + what
                            + " is larger than " + MOST_BYTES + " bytes, which no registry should take"));
        } catch (IOException e) {
            throw Source.unreachable(uri, e);
        }
    }

    /** dockerd's words (moby, daemon/internal/distribution/errors.go). */
    private EngineException refused(URI uri, String suffix, Refusal refusal) {
        String name = source.repository().familiar();
        return switch (refusal.code()) {
            case "DENIED" ->
                new EngineException.NotFound("pull access denied for " + name
                        + ", repository does not exist or may require 'docker login': " + refusal.text());
            case "MANIFEST_UNKNOWN" ->
                new EngineException.NotFound("manifest for " + name + suffix + " not found: " + refusal.text());
            case "NAME_UNKNOWN" -> new EngineException.NotFound("repository " + name + " not found: " + refusal.text());
            case "UNAUTHORIZED" -> new EngineException.Unauthorized(refusal.text());
            default -> {
                String why = "Get \"" + Exchange.shown(uri) + "\": " + refusal.text();
                yield refusal.status() == 404 ? new EngineException.NotFound(why) : new EngineException.Failed(why);
            }
        };
    }

    private static void requireWhole(String what, byte[] json, Descriptor promised) {
        requireDigest(what, json, promised.digest());
        if (json.length != promised.size()) {
            throw new EngineException.Failed(
                    what + " has " + json.length + " bytes, and not " + promised.size() + " as its manifest says");
        }
    }

    private static void requireDigest(String what, byte[] json, Digest promised) {
        Digest actual = Digest.of(json);
        if (!actual.equals(promised)) {
            throw new EngineException.Failed(what + " verification failed for digest " + promised + ": it is " + actual
                    + "; the registry has it damaged or changed");
        }
    }

    @Override
    public void close() {
        source.close();
    }
}
