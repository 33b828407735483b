package dev.dormouse.daemon.image;

import dev.dormouse.daemon.registry.Credentials;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The engine's images. Thread-safe. Every method throws {@link dev.dormouse.daemon.error.EngineException} only. */
public interface Images {
    /**
     * Makes an image of one layer from a file system's tar (plain, gzip, bzip2, xz or zstd).
     *
     * @param reference {@code name[:tag]} to give it
     * @param changes Dockerfile instructions: CMD, ENTRYPOINT, ENV, EXPOSE, LABEL, STOPSIGNAL, USER, VOLUME, WORKDIR, HEALTHCHECK, ONBUILD refused
     */
    Image importTar(InputStream tar, Optional<String> reference, List<String> changes, String message);

    /** Loads every image of a {@code docker save} archive or an OCI layout tar; returns them in the archive's order. */
    List<Image> load(InputStream archive);

    /**
     * Gets an image from a registry. The image is there, for good, before the last news are.
     *
     * @param news is called on this thread, as things happen; nothing is told before the registry has answered for the image
     * @throws InterruptedException if the thread is interrupted: the pull is broken off, and leaves nothing
     */
    void pull(PullRequest request, Consumer<PullNews> news) throws InterruptedException;

    /**
     * Finds out whether a registry takes these credentials.
     *
     * @param registry its host or URL; empty: Docker Hub
     * @throws dev.dormouse.daemon.error.EngineException.Unauthorized if it does not
     */
    void login(String registry, Credentials credentials) throws InterruptedException;

    /** All images, newest first. */
    List<Image> list();

    /** Images whose records cannot be used: in no list, and only to be removed, by id. */
    List<BrokenImage> broken();

    /**
     * The image that a client names: {@code name[:tag]}, a full or abbreviated id with or without {@code sha256:}.
     *
     * @throws dev.dormouse.daemon.error.EngineException.NotFound with Docker's text {@code No such image: …}
     */
    Image get(String reference);

    /** Gives an image one more name; a name that another image had moves. */
    void tag(String reference, String repository, String tag);

    /**
     * Removes a name and, with the last name, the image and the layers that nothing else uses.
     *
     * @param inUse images that containers use; those keep their layers and the call is refused unless it only removes a name
     */
    List<Removal> remove(String reference, boolean force, List<ImageId> inUse);

    /** Directories of an image's layers as overlayfs wants them for {@code lowerdir}: topmost first. */
    List<Path> layerDirectories(ImageId id);

    /** One line of {@code docker rmi}'s answer. */
    sealed interface Removal {
        record Untagged(String name) implements Removal {}

        record Deleted(String id) implements Removal {}
    }
}
