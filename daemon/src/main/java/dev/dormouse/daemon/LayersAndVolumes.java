package dev.dormouse.daemon;

import dev.dormouse.daemon.image.ImageId;
import dev.dormouse.daemon.image.Images;
import dev.dormouse.daemon.runtime.ImageContents;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What the runtime needs of the engine's images. */
record LayersAndVolumes(Images images) implements ImageContents {
    @Override
    public List<Path> layerDirectories(ImageId id) {
        return images.layerDirectories(id);
    }

    @Override
    public Set<String> volumes(ImageId id) {
        return images.get(id.toString()).config().volumes();
    }
}
