package dev.dormouse.daemon.runtime;

import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads small files of a root file system that is not mounted, from the layers it is made of. Every link is followed inside the layers,
 * never on the host: an image that has {@code /etc -> /} shows us its own root.
 *
 * @param layers topmost first
 */
record LayeredRoot(List<Path> layers) {
    /** As the kernel (path_resolution(7)). */
    private static final int MOST_LINKS = 40;

    private static final int LARGEST_FILE = 1 << 20;
    private static final int FILE_TYPE = 0170000;
    private static final int CHARACTER_DEVICE = 0020000;
    private static final int DIRECTORY = 0040000;

    LayeredRoot {
        layers = List.copyOf(layers);
    }

    /** The text of a regular file; absent if there is none of that name. */
    Optional<String> read(String path) {
        try {
            Optional<Path> file = resolve(path);
            if (file.isEmpty() || !Files.isRegularFile(file.get(), LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            if (Files.size(file.get()) > LARGEST_FILE) {
                throw new EngineException.Failed("the image's " + path + " is larger than 1 MiB");
            }
            return Optional.of(new String(Files.readAllBytes(file.get()), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new EngineException.Failed("cannot read the image's " + path + ": " + e.getMessage(), e);
        }
    }

    /** Where a directory is; of several layers' the topmost one's. */
    Optional<Path> directory(String path) throws IOException {
        return resolve(path).filter(found -> Files.isDirectory(found, LinkOption.NOFOLLOW_LINKS));
    }

    private Optional<Path> resolve(String path) throws IOException {
        Deque<String> rest = new ArrayDeque<>(names(path));
        List<String> place = new ArrayList<>();
        Optional<Path> found = Optional.of(layers.getFirst());
        int links = 0;
        while (!rest.isEmpty()) {
            String name = rest.removeFirst();
            if (name.equals("..")) {
                // The root's parent is the root.
                if (!place.isEmpty()) {
                    place.removeLast();
                }
                continue;
            }
            place.add(name);
            found = topmost(place);
            if (found.isEmpty()) {
                return found;
            }
            if (Files.isSymbolicLink(found.get())) {
                if (++links > MOST_LINKS) {
                    throw new IOException("too many symbolic links");
                }
                String target = Files.readSymbolicLink(found.get()).toString();
                place.removeLast();
                if (target.startsWith("/")) {
                    place.clear();
                }
                names(target).reversed().forEach(rest::addFirst);
            }
        }
        return found;
    }

    /** Where a path without links in its parents comes from: the topmost layer that has it, unless a layer above hides it. */
    private Optional<Path> topmost(List<String> place) throws IOException {
        for (Path layer : layers) {
            Path candidate = layer;
            int depth = 0;
            Optional<Integer> type = Optional.of(DIRECTORY);
            // Only directories are merged with what is below them; a link in a lower layer must not lead out to the
            // host.
            while (depth < place.size() && type.isPresent() && type.get() == DIRECTORY) {
                candidate = candidate.resolve(place.get(depth++));
                type = type(candidate);
            }
            if (type.isPresent()) {
                boolean whole = depth == place.size() && !isWhiteout(candidate, type.get());
                return whole ? Optional.of(candidate) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** A character device with number 0/0 (the kernel's overlayfs page, "whiteouts and opaque directories"). */
    private static boolean isWhiteout(Path path, int type) throws IOException {
        return type == CHARACTER_DEVICE
                && Files.getAttribute(path, "unix:rdev", LinkOption.NOFOLLOW_LINKS) instanceof Long number
                && number == 0;
    }

    private static Optional<Integer> type(Path path) throws IOException {
        try {
            Map<String, Object> attributes = Files.readAttributes(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            return attributes.get("mode") instanceof Integer mode ? Optional.of(mode & FILE_TYPE) : Optional.empty();
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    private static List<String> names(String path) {
        List<String> names = new ArrayList<>();
        for (String name : path.split("/", -1)) {
            if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        return names;
    }
}
