package dev.dormouse.daemon.image;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.file.DurableFile;
import dev.dormouse.daemon.schema.Schema;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The durable side of the catalogue. {@code tags.json} says which images there are and their names: replacing it is the one instant
 * at which an image comes, goes or is renamed. {@code ID.json}, written before and removed after, holds what never changes of it; one that
 * {@code tags.json} does not know is what a crash left.
 */
final class ImageFiles {
    private static final Logger LOG = LoggerFactory.getLogger(ImageFiles.class);
    private static final int SCHEMA = 1;
    private static final Schema VERSIONS = Schema.of(SCHEMA);
    private static final String TAGS = "tags.json";

    private final Path folder;

    /** @param folder exists */
    ImageFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * What was there when the engine ended.
     *
     * @throws EngineException.Failed if {@code tags.json} cannot be read; a single image's broken record is only left out
     */
    Restored restore() {
        SortedMap<ImageReference, ImageId> names = new TreeMap<>();
        Map<ImageId, StoredImage> images = new HashMap<>();
        Map<ImageId, BrokenImage> broken = new HashMap<>();
        TagsFile tags = readTags();
        for (Map.Entry<String, List<String>> entry : tags.images().entrySet()) {
            ImageId id = imageId(entry.getKey());
            try {
                images.put(id, readImage(id));
            } catch (EngineException e) {
                LOG.error("image {} is left out, its record is broken: {}", id, e.getMessage());
                broken.put(id, new BrokenImage(id, List.copyOf(entry.getValue()), String.valueOf(e.getMessage())));
                continue;
            }
            for (String name : entry.getValue()) {
                names.put(ImageReference.parse(name), id);
            }
        }
        return new Restored(new Catalogue(images, names), broken);
    }

    /** Removes the records that {@code tags.json} does not know. */
    void sweep(Restored restored) {
        List<Path> left = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "{*.json,.*.new}")) {
            for (Path file : files) {
                if (!restored.knows(file.getFileName().toString())) {
                    left.add(file);
                }
            }
        } catch (IOException e) {
            throw new EngineException.Failed("cannot list " + folder + ": " + e.getMessage(), e);
        }
        left.forEach(DurableFile::delete);
    }

    /** Writes an image's record; it does not count until {@link #commit}. */
    void write(StoredImage image) {
        ImageFile file = new ImageFile(SCHEMA, image.configuration(), image.layers());
        DurableFile.write(record(image.id()), ImageJson.MAPPER.writeValueAsString(file));
    }

    /**
     * Makes a catalogue the one that is true.
     *
     * @param broken of {@link Restored}
     */
    void commit(Catalogue catalogue, Map<ImageId, BrokenImage> broken) {
        Map<String, List<String>> images = new TreeMap<>();
        for (ImageId id : catalogue.images().keySet()) {
            images.put(
                    id.hex(),
                    catalogue.namesOf(id).stream()
                            .map(ImageReference::canonical)
                            .toList());
        }
        broken.forEach((id, image) -> images.putIfAbsent(id.hex(), image.names()));
        DurableFile.write(folder.resolve(TAGS), ImageJson.MAPPER.writeValueAsString(new TagsFile(SCHEMA, images)));
    }

    /** Whether {@code tags.json} names an image, or cannot be read. */
    boolean mayName(ImageId id) {
        try {
            return readTags().images().containsKey(id.hex());
        } catch (EngineException _) {
            return true; // whatever it says, it is better written again
        }
    }

    /** Removes the record of an image that no longer counts. */
    void delete(ImageId id) {
        DurableFile.delete(record(id));
    }

    private Path record(ImageId id) {
        return folder.resolve(id.hex() + ".json");
    }

    private TagsFile readTags() {
        Path file = folder.resolve(TAGS);
        if (Files.notExists(file)) {
            return new TagsFile(SCHEMA, Map.of());
        }
        return ImageJson.read(readFile(file), VERSIONS, TagsFile.class, why -> unusable(file, why));
    }

    private ImageId imageId(String hex) {
        try {
            return new ImageId(hex);
        } catch (IllegalArgumentException e) {
            throw broken(folder.resolve(TAGS), e.getMessage() == null ? hex : e.getMessage());
        }
    }

    private StoredImage readImage(ImageId id) {
        Path path = record(id);
        ImageFile file = ImageJson.read(readFile(path), VERSIONS, ImageFile.class, why -> unusable(path, why));
        StoredImage image = StoredImage.of(file.configuration(), file.layers());
        if (!image.id().equals(id)) {
            throw broken(path, "the configuration in it has the digest " + image.id());
        }
        if (image.layers().size() != image.description().diffIds().size()) {
            throw broken(
                    path,
                    "it has " + image.layers().size() + " layers, its configuration "
                            + image.description().diffIds().size());
        }
        return image;
    }

    private static byte[] readFile(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new EngineException.Failed("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static EngineException unusable(Path file, String why) {
        return new EngineException.Failed(file + " cannot be used: " + why);
    }

    private static EngineException broken(Path file, String why) {
        return new EngineException.Failed(file + " is broken: " + why);
    }

    /**
     * What was read.
     *
     * @param broken images whose records cannot be read, and their names: kept, so that they can be mended by hand
     */
    record Restored(Catalogue catalogue, Map<ImageId, BrokenImage> broken) {
        private boolean knows(String file) {
            String name = file.endsWith(".json") ? file.substring(0, file.length() - ".json".length()) : file;
            return file.equals(TAGS)
                    || broken.keySet().stream().anyMatch(id -> id.hex().equals(name))
                    || catalogue.images().keySet().stream()
                            .anyMatch(id -> id.hex().equals(name));
        }
    }

    /** {@code tags.json}: an image's id to its names in full. */
    record TagsFile(int schema, Map<String, List<String>> images) {}

    /** {@code ID.json}. */
    record ImageFile(int schema, String configuration, List<StoredImage.StoredLayer> layers) {}
}
