package dev.dormouse.units.service;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The files of one service: its own, and the drop-ins that tell systemd of it. Whoever changes them sees to it that nobody else does. */
public final class ServiceFiles {
    private final String name;
    private final Path services;
    private final Path config;
    private final Path units;

    /**
     * The files of a service.
     *
     * @param services the folder of the services' own files: {@code /etc/dormouse/services}
     * @param units where the administrator's units are: {@code /etc/systemd/system}
     */
    public ServiceFiles(Path services, Path units, String name) {
        this.name = ServiceNames.checked(name);
        this.services = services;
        this.config = services.resolve(name + ".json");
        this.units = units;
    }

    /** What is in them, by path, to be put back. */
    public record Content(Map<Path, String> texts) {
        /** No file. */
        public static final Content NONE = new Content(Map.of());

        public Content {
            texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
        }

        /** Those of them that are systemd's to read: {@code …/UNIT.d/FILE}. */
        public Map<Path, String> dropIns() {
            return texts.entrySet().stream()
                    .filter(file -> String.valueOf(
                                    file.getKey().resolveSibling("").getFileName())
                            .endsWith(".d"))
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
        }

        /** Whether there is none. */
        public boolean isEmpty() {
            return texts.isEmpty();
        }

        /** Whether there are times at which the service is kept warm: it has a timer then. */
        public boolean isKeptWarm() {
            return texts.keySet().stream().anyMatch(file -> file.endsWith(DropIns.TIMER));
        }
    }

    /**
     * What is there now.
     *
     * @throws DeclarationException if a file cannot be read
     */
    public Content read() {
        Map<Path, String> texts = new LinkedHashMap<>();
        for (Path file : present()) {
            text(file).ifPresent(text -> texts.put(file, text));
        }
        return new Content(texts);
    }

    /** The service's own file; empty if there is none. */
    public Optional<String> config() {
        return text(config);
    }

    /**
     * The texts of a declaration.
     *
     * @param json its {@link Declaration#fields}, as JSON
     */
    public Content content(Declaration declaration, String json) {
        Map<Path, String> texts = new LinkedHashMap<>();
        if (declaration instanceof ServiceDeclaration proxied) {
            texts.putAll(companions(proxied));
        }
        texts.put(config, json);
        DropIns.of(declaration).forEach((path, text) -> texts.put(units.resolve(path), text));
        return new Content(texts);
    }

    /** Beside its own file. */
    private Map<Path, String> companions(ServiceDeclaration declaration) {
        Map<Path, String> texts = new LinkedHashMap<>();
        if (ReadyForm.isProbed(declaration.target().ready())) {
            // First of all: who finds the service finds that its container is to be probed.
            texts.put(services.resolve(declaration.target().container() + "@" + name + ".probe"), "");
        }
        SleepRules rules = declaration.times().rules();
        rules.veto()
                .ifPresent(veto -> texts.put(
                        services.resolve(declaration.target().container() + "@" + name + ".veto"), veto.quoted()));
        if (!rules.keepWarm().isEmpty()) {
            texts.put(
                    services.resolve(name + ".warm"),
                    rules.keepWarm().stream()
                            .map(window -> window.line() + "\n")
                            .collect(Collectors.joining()));
        }
        return texts;
    }

    /**
     * Makes the files those of {@code content}, each as a whole or not at all, and readable by everyone whatever the umask: the activator
     * is not root. Folders that become empty go too.
     *
     * @throws DeclarationException if one cannot be written; {@link #write} of what {@link #read} gave before undoes it
     */
    public void write(Content content) {
        for (Path file : present()) {
            if (!content.texts().containsKey(file)) {
                remove(file);
            }
        }
        content.texts().forEach(ServiceFiles::write);
    }

    private List<Path> present() {
        List<Path> files = new ArrayList<>(List.of(
                config,
                services.resolve(name + ".warm"),
                units.resolve(ServiceNames.warmTimer(name) + ".d/" + DropIns.TIMER),
                units.resolve(ServiceNames.socketUnit(name) + ".d/listen.conf"),
                units.resolve(ServiceNames.proxyUnit(name) + ".d/wake.conf")));
        // Of a container or a group that may be another one by now.
        for (Path folder : found(units, "dormouse-{container,group}@*.d")) {
            files.add(folder.resolve("service-" + name + ".conf"));
            files.add(folder.resolve("passed-" + name + ".conf"));
        }
        files.addAll(found(services, "*@" + name + ".{probe,veto}"));
        return files;
    }

    private static List<Path> found(Path folder, String pattern) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, pattern)) {
            entries.forEach(found::add);
        } catch (NoSuchFileException _) {
            return List.of();
        } catch (IOException | DirectoryIteratorException e) {
            throw new DeclarationException("cannot read " + folder + ": " + e.getMessage(), e);
        }
        return found;
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new DeclarationException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static void write(Path file, String content) {
        Path folder = file.resolveSibling("");
        Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
        try {
            Files.createDirectories(folder);
            try (FileChannel channel = FileChannel.open(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            // Without it the rename itself may be lost (fsync(2)).
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        } catch (IOException e) {
            throw new DeclarationException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private void remove(Path file) {
        try {
            if (Files.deleteIfExists(file) && !services.equals(file.getParent())) {
                Files.deleteIfExists(file.resolveSibling(""));
            }
        } catch (DirectoryNotEmptyException | NotDirectoryException e) {
            // Drop-ins of the administrator's own, and of other services, stay.
            return;
        } catch (IOException e) {
            throw new DeclarationException("cannot remove " + file + ": " + e.getMessage(), e);
        }
    }
}
