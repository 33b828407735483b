package dev.dormouse.daemon.store;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.file.DurableFile;
import dev.dormouse.daemon.spec.ContainerId;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code names/NAME}, symbolic links to {@code ../containers/ID}: a name is reserved by making its link, which the kernel lets exactly
 * one of many do (symlink(2), EEXIST). Thread-safe.
 */
final class NameLinks {
    private final StateFolder folder;

    NameLinks(StateFolder folder) {
        this.folder = folder;
    }

    /** Reserves a name durably; nothing if the container has it already. The container that has it, if another one does. */
    Optional<ContainerId> reserve(String name, ContainerId id) {
        Path link = link(name);
        try {
            Files.createSymbolicLink(link, Path.of("../containers", id.value()));
            DurableFile.syncFolder(folder.names());
            return Optional.empty();
        } catch (FileAlreadyExistsException e) {
            ContainerId holder = holder(name)
                    .orElseThrow(() -> new EngineException.Failed(
                            "cannot reserve the name " + name + ": " + link
                                    + " is there but is no link to a container; remove it",
                            e));
            return holder.equals(id) ? Optional.empty() : Optional.of(holder);
        } catch (IOException e) {
            throw new EngineException.Failed("cannot reserve the name " + name + " by " + link + ": " + e, e);
        }
    }

    /** Frees a name if this container has it. */
    void release(String name, ContainerId id) {
        if (holder(name).filter(id::equals).isPresent()) {
            DurableFile.delete(link(name));
        }
    }

    /** Every name with the container it is reserved for. */
    Map<String, ContainerId> all() {
        try (Stream<Path> links = Files.list(folder.names())) {
            Map<String, ContainerId> found = new HashMap<>();
            links.map(link -> link.getFileName().toString())
                    .forEach(name -> holder(name).ifPresent(id -> found.put(name, id)));
            return found;
        } catch (IOException e) {
            throw new EngineException.Failed("cannot list the names in " + folder.names() + ": " + e, e);
        }
    }

    private Optional<ContainerId> holder(String name) {
        try {
            Path target = Files.readSymbolicLink(link(name)).getFileName();
            return Optional.ofNullable(target).map(Path::toString).flatMap(NameLinks::id);
        } catch (NoSuchFileException | NotLinkException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new EngineException.Failed("cannot read the name link " + link(name) + ": " + e, e);
        }
    }

    static Optional<ContainerId> id(String text) {
        try {
            return Optional.of(new ContainerId(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private Path link(String name) {
        return folder.names().resolve(name);
    }
}
