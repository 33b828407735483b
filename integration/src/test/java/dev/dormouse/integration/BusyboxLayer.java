package dev.dormouse.integration;

import dev.dormouse.daemon.image.ImageId;
import dev.dormouse.daemon.runtime.ImageContents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** One layer with busybox in it, on the disk that containers are on. */
record BusyboxLayer(Path layer) implements ImageContents {
    static BusyboxLayer make() {
        Path layer = Path.of("/var/lib/dormouse/test-layer");
        if (!Files.exists(layer.resolve("bin/sh"))) {
            Shell.run(
                    "sh",
                    "-c",
                    "mkdir -p $0/bin $0/etc $0/data && cp /usr/bin/busybox $0/bin/busybox && ln -s busybox $0/bin/sh &&"
                            + " ln -s busybox $0/bin/sleep && echo original >$0/data/file",
                    layer.toString());
        }
        return new BusyboxLayer(layer);
    }

    @Override
    public List<Path> layerDirectories(ImageId id) {
        return List.of(layer);
    }

    @Override
    public Set<String> volumes(ImageId id) {
        return Set.of("/data");
    }
}
