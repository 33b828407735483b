package dev.dormouse.daemon.file;

import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The files beside those of {@link DurableFile} that an engine left when it was killed while it wrote. Only for when nobody writes. */
public final class HalfWritten {
    /** {@link Files#createTempFile} puts digits between prefix and suffix. */
    private static final Pattern NAME = Pattern.compile("\\..+\\.[0-9]+\\.new");

    private HalfWritten() {}

    /** Whether a file is one, by its name. */
    public static boolean is(String fileName) {
        return NAME.matcher(fileName).matches();
    }

    /**
     * Takes them out of a folder, if there is such a folder.
     *
     * @throws EngineException.Failed if it cannot be listed, or one cannot be removed
     */
    public static void sweep(Path folder) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, file -> is(name(file)))) {
            files.forEach(found::add);
        } catch (NoSuchFileException | NotDirectoryException _) {
            return; // nothing was written in it
        } catch (IOException e) {
            throw new EngineException.Failed("cannot list " + folder + ": " + e, e);
        }
        found.forEach(DurableFile::delete);
    }

    /**
     * Takes them out of folders, and those folders that are empty then.
     *
     * @param glob of the folders' names
     */
    public static void sweepFolders(Path parent, String glob) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, glob)) {
            folders.forEach(found::add);
        } catch (NoSuchFileException _) {
            return;
        } catch (IOException e) {
            throw new EngineException.Failed("cannot list " + parent + ": " + e, e);
        }
        found.forEach(folder -> {
            sweep(folder);
            removeEmpty(folder);
        });
    }

    private static void removeEmpty(Path folder) {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException _) {
            // What is in it is whole.
        } catch (IOException e) {
            throw new EngineException.Failed("cannot remove " + folder + ": " + e, e);
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
