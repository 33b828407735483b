package dev.dormouse.daemon.activation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Up to where the activator's lines have been told.
 *
 * @param file the number of a file
 * @param offset the byte in it after the last line
 */
record ReadPosition(long file, long offset) {
    static final ReadPosition NONE = new ReadPosition(-1, 0);

    private static final Logger LOG = LoggerFactory.getLogger(ReadPosition.class);
    private static final Pattern FORM = Pattern.compile("FILE=(\\d{1,18})\nOFFSET=(\\d{1,9})\n");

    /** What was kept last. Where that is lost all lines are read again, of which those are let pass that have been told. */
    static ReadPosition read(Path path) {
        try {
            Matcher matcher = FORM.matcher(Files.readString(path));
            if (matcher.matches()) {
                return new ReadPosition(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
            }
            LOG.warn("{} is not of the form {}: the activator's events are read from their beginning", path, FORM);
        } catch (NoSuchFileException _) {
            LOG.debug("no position yet");
        } catch (IOException e) {
            LOG.warn("cannot read {}: {}; the activator's events are read from their beginning", path, e.toString());
        }
        return NONE;
    }

    /** Not synced: it saves work, and nothing depends on it. */
    void write(Path path) {
        try {
            Path fresh = path.resolveSibling(path.getFileName() + ".new");
            Files.writeString(fresh, "FILE=" + file + "\nOFFSET=" + offset + "\n");
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warn("cannot write {}: {}", path, e.toString());
        }
    }
}
