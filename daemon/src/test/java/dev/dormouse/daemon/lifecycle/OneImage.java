package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.image.BrokenImage;
import dev.dormouse.daemon.image.Image;
import dev.dormouse.daemon.image.ImageConfig;
import dev.dormouse.daemon.image.ImageId;
import dev.dormouse.daemon.image.Images;
import dev.dormouse.daemon.image.PullNews;
import dev.dormouse.daemon.image.PullRequest;
import dev.dormouse.daemon.registry.Credentials;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The image {@link #NAME}, without a command, and nothing else. */
public final class OneImage implements Images {
    public static final String NAME = "mouse:latest";

    static final ImageConfig CONFIG = new ImageConfig(
            "",
            List.of("PATH=/bin"),
            Optional.empty(),
            Optional.empty(),
            "",
            Map.of("from", "image"),
            Set.of(),
            Set.of(),
            Optional.empty(),
            Optional.empty());

    private final Image image = new Image(
            new ImageId("a".repeat(64)),
            List.of(NAME),
            List.of(),
            CONFIG,
            Instant.EPOCH,
            0,
            List.of(),
            List.of(),
            "amd64",
            "linux",
            "",
            "");

    @Override
    public List<BrokenImage> broken() {
        return List.of();
    }

    @Override
    public Image get(String reference) {
        if (!reference.equals(NAME)) {
            throw new EngineException.NotFound("No such image: " + reference);
        }
        return image;
    }

    @Override
    public List<Image> list() {
        return List.of(image);
    }

    @Override
    public Image importTar(InputStream tar, Optional<String> reference, List<String> changes, String message) {
        throw new UnsupportedOperationException("no test imports");
    }

    @Override
    public List<Image> load(InputStream archive) {
        throw new UnsupportedOperationException("no test loads");
    }

    @Override
    public void pull(PullRequest request, Consumer<PullNews> news) {
        throw new UnsupportedOperationException("no test pulls");
    }

    @Override
    public void login(String registry, Credentials credentials) {
        throw new UnsupportedOperationException("no test logs in");
    }

    @Override
    public void tag(String reference, String repository, String tag) {
        throw new UnsupportedOperationException("no test tags");
    }

    @Override
    public List<Removal> remove(String reference, boolean force, List<ImageId> inUse) {
        throw new UnsupportedOperationException("no test removes images");
    }

    @Override
    public List<Path> layerDirectories(ImageId id) {
        return List.of();
    }
}
