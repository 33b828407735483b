package dev.dormouse.daemon.health;

import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which services wake a container, by their files.
 *
 * @param folder {@code /etc/dormouse/services}
 */
record ServicesOfContainer(Path folder) {
    private static final String SUFFIX = ".json";

    /**
     * Their names, ascending.
     *
     * @throws EngineException.Failed if the folder or a file of it cannot be read
     */
    List<String> names(String container) {
        TreeSet<String> names = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "[!.]*" + SUFFIX)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                String service = name.substring(0, name.length() - SUFFIX.length());
                if (isOf(container, file, service)) {
                    names.add(service);
                }
            }
        } catch (NoSuchFileException _) {
            return List.of();
        } catch (IOException e) {
            throw new EngineException.Failed("cannot read " + folder + ": " + e.getMessage(), e);
        }
        return List.copyOf(names);
    }

    /** Only what may be read is: there can be many that are of other containers. */
    private static boolean isOf(String container, Path file, String service) throws IOException {
        try {
            String text = Files.readString(file);
            if (!service.equals(container) && !text.contains('"' + container + '"')) {
                return false;
            }
            return JsonMapper.shared()
                    .readTree(text)
                    .path("container")
                    .asString(service)
                    .equals(container);
        } catch (NoSuchFileException _) {
            return false; // it has just been disabled
        } catch (JacksonException _) {
            return service.equals(container);
        }
    }
}
