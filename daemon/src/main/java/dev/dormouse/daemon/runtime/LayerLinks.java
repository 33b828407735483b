package dev.dormouse.daemon.runtime;

import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Short names for the layers of an image: mount(2) takes one page of options, and a layer's own path has a hundred bytes. */
final class LayerLinks {
    /** Overlayfs takes 500; this many short names fit into the page. */
    private static final int MOST_LAYERS = 300;

    private LayerLinks() {}

    /**
     * Makes {@code layers/N} in the container's folder, where it is not there.
     *
     * @return overlayfs's {@code lowerdir}, relative to the container's folder
     */
    static String make(Path container, List<Path> layers) {
        if (layers.isEmpty() || layers.size() > MOST_LAYERS) {
            throw new EngineException.Failed("an image of " + layers.size() + " layers cannot be mounted; 1 to "
                    + MOST_LAYERS + " are possible");
        }
        List<String> names = new ArrayList<>();
        try {
            Path folder = Files.createDirectories(container.resolve("layers"));
            for (int i = 0; i < layers.size(); i++) {
                link(folder.resolve(Integer.toString(i)), layers.get(i));
                names.add("layers/" + i);
            }
        } catch (IOException e) {
            throw new EngineException.Failed("cannot link the layers in " + container + ": " + e.getMessage(), e);
        }
        return String.join(":", names);
    }

    private static void link(Path link, Path layer) throws IOException {
        if (Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
            if (Files.readSymbolicLink(link).equals(layer)) {
                return;
            }
            Files.delete(link);
        }
        Files.createSymbolicLink(link, layer);
    }
}
