package dev.dormouse.daemon.runtime;

import dev.dormouse.daemon.container.BindMount;
import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.file.DurableFile;
import dev.dormouse.daemon.health.HealthPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compiles a container to the files that its unit's scripts and the activator read. Writes only what has changed. */
record Compiler(RuntimePaths paths, ImageContents images, NetworkFiles network, Supervisor supervisor) {
    private static final Set<PosixFilePermission> FOR_ALL = PosixFilePermissions.fromString("rw-r--r--");
    private static final Set<PosixFilePermission> FOR_ROOT = PosixFilePermissions.fromString("rw-------");

    void compile(ContainerRecord container) {
        Path folder = paths.container(container.id());
        List<Path> layers = images.layerDirectories(container.image());
        makeFolders(container);
        String lower = LayerLinks.make(folder, layers);
        OciBundle bundle = bundle(container, layers);
        write(folder.resolve("hosts"), network.hosts(container), FOR_ALL);
        write(folder.resolve("hostname"), bundle.hostname() + "\n", FOR_ALL);
        write(folder.resolve("resolv.conf"), network.resolvConf(container), FOR_ALL);
        network.netavarkOptions(container)
                .ifPresentOrElse(
                        options -> write(folder.resolve("netavark.json"), options, FOR_ROOT),
                        () -> DurableFile.delete(folder.resolve("netavark.json")));
        write(paths.bundle(container.id()), bundle.json(), FOR_ROOT);
        HealthPlan.of(container.config().healthcheck(), container.config().labels())
                .ifPresent(plan -> write(folder.resolve("probe.json"), plan.json(), FOR_ROOT));
        replaceWakeFile(container);
        supervisor.configure(container);
        // Last: with it the container can be started.
        write(
                paths.unitEnvironment(container.id()),
                UnitEnvironment.of(container, lower, supervisor.cgroup(container))
                        .text(),
                FOR_ROOT);
    }

    private OciBundle bundle(ContainerRecord container, List<Path> layers) {
        List<Path> root = new ArrayList<>();
        root.add(paths.upper(container.id())); // what the container itself has changed
        root.addAll(layers);
        ContainerUser user = ContainerUser.of(container.config().user(), new LayeredRoot(root));
        Map<String, Path> volumes = new Volumes(paths).make(container, images.volumes(container.image()), layers);
        OciBundle.Host host = new OciBundle.Host(
                Machine.hostName(),
                Machine.capabilities(),
                supervisor.cgroup(container),
                supervisor.leavesDevicesToRuntime());
        return new OciBundle(container, user, paths, volumes, host);
    }

    private void makeFolders(ContainerRecord container) {
        try {
            Files.createDirectories(paths.container(container.id()).resolve("bundle"));
            makeRoot(paths.upper(container.id()));
            Files.createDirectories(paths.state().resolve("wake"));
            Files.setPosixFilePermissions(paths.state().resolve("wake"), PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new EngineException.Failed(
                    "cannot make the folders of container " + container.name() + ": " + e.getMessage(), e);
        }
        container.hostConfig().binds().forEach(Compiler::makeSource);
    }

    /** The container's own root folder: readable to its users whatever the umask, and from then on the container's to change. */
    private static void makeRoot(Path upper) throws IOException {
        if (!Files.isDirectory(upper)) {
            Files.createDirectories(upper);
            Files.setPosixFilePermissions(upper, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /** Docker makes the missing folder of a {@code --volume}. */
    private static void makeSource(BindMount mount) {
        Path source = Path.of(mount.source());
        if (Files.exists(source, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.createDirectories(source);
        } catch (FileAlreadyExistsException _) {
            throw new EngineException.InvalidParameter(
                    "cannot mount " + source + ": a part of its path is not a directory");
        } catch (IOException e) {
            throw new EngineException.Failed("cannot make the folder to mount, " + source + ": " + e.getMessage(), e);
        }
    }

    private void replaceWakeFile(ContainerRecord container) {
        write(paths.wake(container.name()), WakeFile.of(container, paths).json(), FOR_ALL);
        UnitEnvironment.nameIn(paths.unitEnvironment(container.id()))
                .filter(old -> !old.equals(container.name()))
                .ifPresent(old -> deleteWakeFile(old, container));
    }

    /** Another container may have the old name by now, and with it the file. */
    private void deleteWakeFile(String name, ContainerRecord container) {
        if (WakeFile.isOf(paths.wake(name), container.id())) {
            DurableFile.delete(paths.wake(name));
        }
    }

    /** Removes what makes a container startable and wakeable. */
    void uncompile(ContainerRecord container) {
        UnitEnvironment.nameIn(paths.unitEnvironment(container.id()))
                .ifPresent(name -> deleteWakeFile(name, container));
        deleteWakeFile(container.name(), container);
        DurableFile.delete(paths.unitEnvironment(container.id()));
    }

    private static void write(Path file, String text, Set<PosixFilePermission> permissions) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        try {
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && Arrays.equals(Files.readAllBytes(file), content)) {
                return;
            }
        } catch (IOException e) {
            throw new EngineException.Failed("cannot read " + file + ": " + e.getMessage(), e);
        }
        DurableFile.write(file, content, permissions);
    }
}
