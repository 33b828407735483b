package dev.dormouse.activator.cli;

import dev.dormouse.activator.config.Folders;
import dev.dormouse.activator.config.Names;
import dev.dormouse.activator.config.ServiceConfig;
import dev.dormouse.waitport.DurationText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** The files of one service: its own, and the drop-in that tells its socket where to listen. */
final class ServiceFiles {
    private final Path config;
    private final Path dropIn;

    /**
     * The files of a service.
     *
     * @param units where the administrator's units are: {@code /etc/systemd/system}
     */
    ServiceFiles(Folders folders, Path units, String name) {
        this.config = folders.serviceFile(name);
        this.dropIn = units.resolve(Names.socketUnit(name) + ".d").resolve("listen.conf");
    }

    /** What is in them, to be put back. */
    record Content(Optional<String> config, Optional<String> dropIn) {
        boolean isEmpty() {
            return config.isEmpty() && dropIn.isEmpty();
        }
    }

    Content read() {
        return new Content(read(config), read(dropIn));
    }

    /** The texts of a configuration. */
    static Content content(ServiceConfig service) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("schema", 1);
        fields.put("name", service.name());
        fields.put("listen", service.listen());
        fields.put("port", service.port());
        fields.put("idle", DurationText.format(service.idle()));
        fields.put("ready", service.ready().toString());
        fields.put("deadline", DurationText.format(service.deadline()));
        fields.put("queueDeadline", DurationText.format(service.limits().queueDeadline()));
        fields.put("unitDeadline", DurationText.format(service.limits().unitDeadline()));
        service.limits().connectionsMaximum().ifPresent(most -> fields.put("connectionsMax", most));
        String json = JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(fields);
        String listen = service.listen().stream()
                .map(address -> "ListenStream=" + address + "\n")
                .collect(Collectors.joining());
        return new Content(
                Optional.of(json + "\n"),
                Optional.of("# Written by dormouse enable; dormouse disable removes it.\n[Socket]\n" + listen));
    }

    /** Writes, or removes what is empty; folders that become empty go too. */
    void write(Content content) {
        write(config, content.config());
        write(dropIn, content.dropIn());
        if (content.dropIn().isEmpty()) {
            removeFolder(dropIn.resolveSibling(""));
        }
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new CommandException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** As a whole or not at all, and readable by everyone whatever the umask: the activator is not root. */
    private static void write(Path file, Optional<String> content) {
        Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
        try {
            if (content.isEmpty()) {
                Files.deleteIfExists(file);
                return;
            }
            Files.createDirectories(file.resolveSibling(""));
            try (FileChannel channel = FileChannel.open(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content.get().getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new CommandException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private static void removeFolder(Path folder) {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            // Drop-ins of the administrator's own stay.
            return;
        } catch (IOException e) {
            throw new CommandException("cannot remove " + folder + ": " + e.getMessage(), e);
        }
    }
}
