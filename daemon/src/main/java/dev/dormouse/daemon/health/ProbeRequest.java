package dev.dormouse.daemon.health;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A running container that has something to be probed: {@code probes/NAME}.
 *
 * @param name the instance of its unit
 * @param logOffset where its log of this run begins
 * @param identity tells one file of a name from the next: each run has its own
 */
record ProbeRequest(String name, String id, long logOffset, Object identity) {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,199}");
    private static final Pattern FORM = Pattern.compile("([0-9a-f]{64}) ([0-9]{1,18})\n");

    /** The request of a file; absent while it is being written, when it is gone, and if it is no request. */
    static Optional<ProbeRequest> read(Path file) {
        String name = String.valueOf(file.getFileName());
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            Matcher form = FORM.matcher(Files.readString(file));
            return form.matches()
                    ? Optional.of(new ProbeRequest(
                            name,
                            form.group(1),
                            Long.parseLong(form.group(2)),
                            Optional.ofNullable(attributes.fileKey())))
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
