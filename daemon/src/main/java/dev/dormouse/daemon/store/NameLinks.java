package dev.dormouse.daemon.store;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.fault.Failpoints;
import dev.dormouse.daemon.file.DurableFile;
import dev.dormouse.daemon.spec.ContainerId;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code names/NAME}, symbolic links to {@code ../containers/ID}: a name is reserved by making its link, which the kernel lets exactly
 * one of many do (symlink(2), EEXIST). Thread-safe.
 */
final class NameLinks {
    private static final Logger LOG = LoggerFactory.getLogger(NameLinks.class);

    /** docs/internals.md, Names; a name from an edited record must not lead out of the folder. */
    private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,199}");

    private final StateFolder folder;

    NameLinks(StateFolder folder) {
        this.folder = folder;
    }

    /**
     * Refuses what cannot be a container's name.
     *
     * @throws EngineException.Failed with the field that says it
     */
    static void requireName(String field, String name) {
        if (!FORM.matcher(name).matches()) {
            throw new EngineException.Failed("it is not valid at " + field
                    + ": a name has 1 to 200 characters of [a-zA-Z0-9_.-] and begins with a letter or digit");
        }
    }

    /**
     * Reserves a name durably; nothing if the container has it already. The container that has it, if another one does. A link to a
     * container that is gone reserves nothing: the folder comes before the name and goes after it.
     */
    Optional<ContainerId> reserve(String name, ContainerId id) {
        return link(name, id).flatMap(holder -> {
            if (Files.exists(folder.container(holder), LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of(holder);
            }
            release(name, holder);
            return link(name, id);
        });
    }

    private Optional<ContainerId> link(String name, ContainerId id) {
        Path link = link(name);
        try {
            Failpoints.pass("link", link);
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
                    .forEach(name -> holderIfReadable(name).ifPresent(id -> found.put(name, id)));
            return found;
        } catch (IOException e) {
            throw new EngineException.Failed("cannot list the names in " + folder.names() + ": " + e, e);
        }
    }

    /** One link that cannot be read must not hide the others. */
    private Optional<ContainerId> holderIfReadable(String name) {
        try {
            return holder(name);
        } catch (EngineException e) {
            LOG.warn("{}", e.getMessage());
            return Optional.empty();
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
