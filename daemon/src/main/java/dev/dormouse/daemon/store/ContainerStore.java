package dev.dormouse.daemon.store;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.fault.Failpoints;
import dev.dormouse.daemon.file.DurableFile;
import dev.dormouse.daemon.spec.ContainerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The containers on disk. Every method is durable when it returns and either done or not done whenever the engine is killed; calls
 * for one container must be ordered by the caller, those for different ones may run at once.
 *
 * <p>The order of a verb's calls is what makes the verb as a whole safe:
 *
 * <ul>
 *   <li>create: {@link #makeFolder}, {@link #reserveName}, {@link #save}: from here on the container exists. Before it, a load sweeps
 *       the folder and the name away. Then the compile, then {@link #saveFacts} says that it is compiled; without that a
 *       restore compiles again.
 *   <li>rename: {@link #reserveName} the new one, facts not compiled, {@link #save}: from here on it has the new name. Then compile,
 *       {@link #releaseName} the old one (unless it runs under it), facts compiled. A load drops the link that the record does not name.
 *   <li>remove: {@link #markRemoving}: from here on it is gone. Then everything outside its folder, its names, {@link #delete}. A
 *       restore finishes what was marked.
 * </ul>
 */
public final class ContainerStore {
    private static final String CONFIG = "config.json";
    private static final String REMOVING = "removing";

    private final StateFolder folder;
    private final NameLinks names;
    private final Map<ContainerId, Path> foreign = new ConcurrentHashMap<>();

    public ContainerStore(StateFolder folder) {
        this.folder = folder;
        this.names = new NameLinks(folder);
    }

    /** Makes the folders that must be there before any other call. */
    public void prepare() {
        try {
            for (Path needed : new Path[] {folder.root(), folder.containers(), folder.names()}) {
                if (!Files.isDirectory(needed)) {
                    Files.createDirectories(
                            needed, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
                }
            }
        } catch (IOException e) {
            throw new EngineException.Failed("cannot make the state folders in " + folder.root() + ": " + e, e);
        }
    }

    /** What is there, with what killed engines left half done swept away; {@link #prepare} came before. */
    public LoadedContainers load() {
        ContainerLoad.Found found = new ContainerLoad(folder, names).run();
        found.foreign().forEach(entry -> foreign.put(entry.id(), entry.path()));
        return found.containers();
    }

    public void makeFolder(ContainerId id) {
        try {
            Failpoints.pass("make", folder.container(id));
            Files.createDirectory(folder.container(id));
            DurableFile.syncFolder(folder.containers());
        } catch (IOException e) {
            throw new EngineException.Failed("cannot make " + folder.container(id) + ": " + e, e);
        }
    }

    /** Reserves a name for a container; if another one has it, that one. */
    public Optional<ContainerId> reserveName(String name, ContainerId id) {
        return names.reserve(name, id);
    }

    /** Frees a name; nothing if the container does not have it. */
    public void releaseName(String name, ContainerId id) {
        names.release(name, id);
    }

    /** Frees every name of a container. */
    public void releaseNames(ContainerId id) {
        names.all().forEach((name, holder) -> {
            if (holder.equals(id)) {
                releaseName(name, id);
            }
        });
    }

    public void save(ContainerRecord container) {
        DurableFile.write(folder.config(container.id()), RecordFormat.write(container));
    }

    public void saveFacts(ContainerId id, ContainerFacts facts) {
        DurableFile.write(folder.state(id), RecordFormat.write(facts));
    }

    /** Nothing for what is no container's folder: there is nothing of it but itself. */
    public void markRemoving(ContainerId id) {
        if (foreign.containsKey(id)) {
            return;
        }
        DurableFile.write(folder.removing(id), "");
    }

    /** Whether {@link #markRemoving} was called for it. */
    public boolean isRemoving(ContainerId id) {
        return Files.exists(folder.removing(id));
    }

    /**
     * Deletes a container's folder, the mark last; nothing if it is gone.
     *
     * @throws EngineException.Failed if something is mounted in it
     */
    public void delete(ContainerId id) {
        Path other = foreign.remove(id);
        if (other != null) {
            FolderRemoval.delete(other);
            return;
        }
        Path gone = folder.container(id);
        FolderRemoval.deleteContents(gone, Set.of(CONFIG, REMOVING));
        FolderRemoval.deleteContents(gone, Set.of(REMOVING));
        FolderRemoval.deleteContents(gone, Set.of());
        DurableFile.delete(gone);
    }

    /** Where a container's output is. */
    public Path log(ContainerId id) {
        return folder.log(id);
    }
}
