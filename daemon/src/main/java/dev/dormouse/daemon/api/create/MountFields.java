package dev.dormouse.daemon.api.create;

import static dev.dormouse.daemon.api.create.CreateRequest.invalid;
import static dev.dormouse.daemon.api.create.CreateRequest.list;
import static dev.dormouse.daemon.api.create.CreateRequest.map;
import static dev.dormouse.daemon.api.create.CreateRequest.text;

import dev.dormouse.daemon.api.wire.CreateBody;
import dev.dormouse.daemon.container.BindMount;
import dev.dormouse.daemon.error.EngineException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code HostConfig.Binds}, {@code Mounts} and {@code Tmpfs}. */
final class MountFields {
    private MountFields() {}

    static List<BindMount> binds(@Nullable List<String> binds, @Nullable List<CreateBody.MountBody> mounts) {
        List<BindMount> all = new ArrayList<>();
        list(binds).forEach(bind -> all.add(bind(bind)));
        for (CreateBody.MountBody mount : list(mounts)) {
            switch (text(mount.type())) {
                case "bind" ->
                    all.add(new BindMount(
                            path("HostConfig.Mounts.Source", text(mount.source())),
                            target("HostConfig.Mounts.Target", text(mount.target())),
                            Boolean.TRUE.equals(mount.readOnly())));
                case "tmpfs" -> {}
                case "volume" ->
                    throw new EngineException.NotImplemented(
                            "HostConfig.Mounts.Type=volume is not supported by this engine: bind a folder of the host");
                default -> throw invalid("HostConfig.Mounts.Type", "bind or tmpfs", text(mount.type()));
            }
        }
        Set<String> targets = new HashSet<>();
        for (BindMount mount : all) {
            if (!targets.add(mount.target())) {
                throw new EngineException.InvalidParameter("HostConfig: two mounts have the target " + mount.target());
            }
        }
        return List.copyOf(all);
    }

    /** {@code /host:/container[:options]}. */
    private static BindMount bind(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length < 2 || parts.length > 3) {
            throw invalid("HostConfig.Binds", "/host:/container or /host:/container:ro", text);
        }
        if (!parts[0].startsWith("/")) {
            throw new EngineException.NotImplemented(
                    "HostConfig.Binds: volumes by name are not supported by this engine: give '" + parts[0]
                            + "' as an absolute path of the host");
        }
        return new BindMount(
                path("HostConfig.Binds", parts[0]),
                target("HostConfig.Binds", parts[1]),
                parts.length == 3 && readOnly(parts[2]));
    }

    private static boolean readOnly(String options) {
        boolean readOnly = false;
        for (String option : options.split(",", -1)) {
            switch (option) {
                case "ro" -> readOnly = true;
                // What happens anyway; and without SELinux z and Z do nothing, here as in dockerd.
                case "", "rw", "rprivate", "z", "Z" -> {}
                default ->
                    throw new EngineException.NotImplemented("HostConfig.Binds: the option " + option
                            + " is not supported by this engine: use ro or rw");
            }
        }
        return readOnly;
    }

    static Map<String, String> tmpfs(@Nullable Map<String, String> tmpfs, @Nullable List<CreateBody.MountBody> mounts) {
        Map<String, String> all = new TreeMap<>();
        map(tmpfs).forEach((target, options) -> all.put(target("HostConfig.Tmpfs", target), options));
        for (CreateBody.MountBody mount : list(mounts)) {
            if (text(mount.type()).equals("tmpfs")) {
                all.put(target("HostConfig.Mounts.Target", text(mount.target())), options(mount));
            }
        }
        return all;
    }

    private static String options(CreateBody.MountBody mount) {
        List<String> options = new ArrayList<>();
        if (Boolean.TRUE.equals(mount.readOnly())) {
            options.add("ro");
        }
        CreateBody.TmpfsOptions given = mount.tmpfsOptions();
        if (given != null && given.sizeBytes() != null && given.sizeBytes() != 0) {
            options.add("size=" + given.sizeBytes());
        }
        if (given != null && given.mode() != null && given.mode() != 0) {
            options.add("mode=" + Integer.toOctalString(given.mode()));
        }
        return String.join(",", options);
    }

    private static String target(String field, String text) {
        String path = path(field, text);
        if (path.equals("/")) {
            throw invalid(field, "a folder or file below /", text);
        }
        return path;
    }

    /** Absolute and without dots, so that nothing escapes by them later. */
    private static String path(String field, String text) {
        if (!text.startsWith("/") || text.indexOf('\0') >= 0) {
            throw invalid(field, "an absolute path", text.replace("\0", "\\0"));
        }
        return Path.of(text).normalize().toString();
    }
}
