package dev.dormouse.activator.rehearsal;

import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Finds the descriptor behind a channel, which Java does not tell: by looking what is there since it was opened (proc_pid_fd(5)). */
final class Descriptors {
    private static final Path OPEN = Path.of("/proc/self/fd");

    /** Opens a channel. */
    interface Opening<C extends Channel> {
        C open() throws IOException;
    }

    /** A channel, and its descriptor, which remains the channel's. */
    record Opened<C extends Channel>(C channel, int descriptor) {}

    private Descriptors() {}

    /** Opens a channel that is one socket. */
    static <C extends Channel> Opened<C> open(Opening<C> opening) throws IOException {
        Map<String, String> before = targets();
        C channel = opening.open();
        for (Map.Entry<String, String> entry : targets().entrySet()) {
            if (entry.getValue().startsWith("socket:") && !entry.getValue().equals(before.get(entry.getKey()))) {
                return new Opened<>(channel, Integer.parseInt(entry.getKey()));
            }
        }
        throw new IOException("no new socket in " + OPEN);
    }

    private static Map<String, String> targets() throws IOException {
        Map<String, String> targets = new HashMap<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(OPEN)) {
            for (Path descriptor : descriptors) {
                targets.put(descriptor.getFileName().toString(), target(descriptor));
            }
        }
        return targets;
    }

    private static String target(Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (NoSuchFileException e) {
            return "the one of this very look, closed by now";
        }
    }
}
