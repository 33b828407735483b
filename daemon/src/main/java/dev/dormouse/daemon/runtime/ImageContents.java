package dev.dormouse.daemon.runtime;

import dev.dormouse.daemon.image.ImageId;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What the runtime needs of images. Thread-safe. */
public interface ImageContents {
    /** Directories of its layers as overlayfs wants them for {@code lowerdir}: topmost first. */
    List<Path> layerDirectories(ImageId id);

    /** Absolute paths that the image declares as volumes. */
    Set<String> volumes(ImageId id);
}
