package dev.dormouse.daemon.runtime;

import dev.dormouse.daemon.container.BindMount;
import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.HostConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The mounts of a container: docker's own, then those that were asked for, a parent before what lies in it. */
final class OciMounts {
    /** One entry of the OCI configuration's {@code mounts}. */
    record Mount(String destination, String type, String source, List<String> options) {
        private int depth() {
            return Path.of(destination).normalize().getNameCount();
        }
    }

    private static final List<Mount> SYSTEM = List.of(
            new Mount("/proc", "proc", "proc", List.of("nosuid", "noexec", "nodev")),
            new Mount("/dev", "tmpfs", "tmpfs", List.of("nosuid", "strictatime", "mode=755", "size=65536k")),
            new Mount(
                    "/dev/pts",
                    "devpts",
                    "devpts",
                    List.of("nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5")),
            new Mount("/sys", "sysfs", "sysfs", List.of("nosuid", "noexec", "nodev", "ro")),
            new Mount("/sys/fs/cgroup", "cgroup", "cgroup", List.of("ro", "nosuid", "noexec", "nodev")),
            new Mount("/dev/mqueue", "mqueue", "mqueue", List.of("nosuid", "noexec", "nodev")));

    private static final List<String> TMPFS_DEFAULTS = List.of("nosuid", "nodev", "noexec");

    private OciMounts() {}

    /**
     * All mounts in the order in which they are to be made.
     *
     * @param volumes the container's anonymous volumes: path in the container to folder
     */
    static List<Mount> of(ContainerRecord container, Path folder, Map<String, Path> volumes) {
        HostConfig host = container.hostConfig();
        List<Mount> asked = new ArrayList<>();
        for (String file : List.of("resolv.conf", "hostname", "hosts")) {
            asked.add(bind(folder.resolve(file).toString(), "/etc/" + file, false));
        }
        volumes.forEach((path, directory) -> asked.add(bind(directory.toString(), path, false)));
        host.tmpfs().forEach((path, options) -> asked.add(tmpfs(path, options)));
        for (BindMount mount : host.binds()) {
            asked.add(bind(mount.source(), mount.target(), mount.readOnly()));
        }
        asked.sort(Comparator.comparingInt(Mount::depth));
        List<Mount> mounts = new ArrayList<>(SYSTEM);
        mounts.add(new Mount(
                "/dev/shm",
                "tmpfs",
                "shm",
                List.of("nosuid", "noexec", "nodev", "mode=1777", "size=" + host.shmBytes())));
        mounts.addAll(asked);
        return mounts;
    }

    private static Mount bind(String source, String destination, boolean readOnly) {
        return new Mount(destination, "bind", source, List.of("rbind", "rprivate", readOnly ? "ro" : "rw"));
    }

    private static Mount tmpfs(String path, String options) {
        List<String> all = new ArrayList<>(TMPFS_DEFAULTS);
        for (String option : options.split(",", -1)) {
            if (!option.isBlank()) {
                // The later of two wins: "exec" undoes the default.
                all.add(option.strip());
            }
        }
        return new Mount(path, "tmpfs", "tmpfs", List.copyOf(all));
    }
}
