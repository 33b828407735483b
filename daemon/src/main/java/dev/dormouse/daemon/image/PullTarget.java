package dev.dormouse.daemon.image;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.registry.Digest;
import dev.dormouse.daemon.registry.Manifest;
import dev.dormouse.daemon.registry.RegistryClient;
import dev.dormouse.daemon.registry.Repository;
import java.util.List;
import java.util.Optional;

/**
 * What is pulled, and what it is called afterwards.
 *
 * @param name with a tag or a digest, not both
 */
record PullTarget(ImageReference name) {
    /**
     * Of a request.
     *
     * @throws EngineException.InvalidParameter with Docker's text
     */
    static PullTarget of(PullRequest request) {
        ImageReference name = ImageReference.toPull(request.image(), request.tag());
        if (name.isReserved()) {
            throw new EngineException.InvalidParameter("'scratch' is a reserved name");
        }
        name.digest().ifPresent(digest -> Digest.parse("the reference's digest", digest));
        return new PullTarget(name);
    }

    Repository repository() {
        return new Repository(name.domain(), name.path(), name.repository().familiar());
    }

    /** What the registry has under it. */
    Manifest manifest(RegistryClient client) throws InterruptedException {
        Optional<String> digest = name.digest();
        return digest.isPresent()
                ? client.byDigest(Digest.parse("the reference's digest", digest.get()))
                : client.byTag(name.tag().orElseThrow());
    }

    /** As the first line of a pull writes it. */
    String subject() {
        return name.digest().isPresent() ? name.canonical() : name.tag().orElse("");
    }

    /** The names that the image gets: a tag, and the digest that it has in its registry. */
    List<ImageReference> names(Digest digest) {
        ImageReference byDigest = name.repository().withDigest(digest.toString());
        return name.digest().isPresent() ? List.of(byDigest) : List.of(name, byDigest);
    }
}
