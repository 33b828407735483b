package dev.dormouse.daemon.api.create;

import dev.dormouse.daemon.error.EngineException;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Refuses what Docker knows and this engine has not. Every field that is not acted on must have its empty value (null, false, 0, empty)
 * or one that means what happens anyway, so that nothing asked for is ever silently left out, not even by a client newer than this engine.
 */
final class Unsupported {
    private static final Set<String> CONFIG = Set.of(
            "Hostname",
            "User",
            "Env",
            "Cmd",
            "Entrypoint",
            "Image",
            "WorkingDir",
            "Labels",
            "ExposedPorts",
            "StopSignal",
            "StopTimeout",
            "Healthcheck",
            "HostConfig",
            "NetworkingConfig",
            // Wishes of the client's own side: it attaches if it wants to.
            "AttachStdin",
            "AttachStdout",
            "AttachStderr");
    private static final Set<String> HOST = Set.of(
            "Binds",
            "NetworkMode",
            "PortBindings",
            "AutoRemove",
            "ReadonlyRootfs",
            "CapAdd",
            "CapDrop",
            "Tmpfs",
            "Mounts",
            "ExtraHosts",
            "Dns",
            "Memory",
            "NanoCpus",
            "PidsLimit",
            "ShmSize",
            "SecurityOpt",
            "RestartPolicy",
            // The size of the client's terminal, and a file on the client's side.
            "ConsoleSize",
            "ContainerIDFile");
    private static final Set<String> MOUNT = Set.of("Type", "Source", "Target", "ReadOnly", "TmpfsOptions");
    private static final Set<String> TMPFS = Set.of("SizeBytes", "Mode");
    private static final Set<String> HEALTHCHECK =
            Set.of("Test", "Interval", "Timeout", "StartPeriod", "StartInterval", "Retries");

    /** Objects with fixed fields, which clients send with empty ones; any other object is a map, and each of its keys asks for something. */
    private static final Set<String> STRUCTURES = Set.of("HostConfig.LogConfig");

    /** Values other than the empty one that ask for nothing special, by field. */
    private static final Map<String, Set<String>> HARMLESS = Map.ofEntries(
            Map.entry("HostConfig.MemorySwappiness", Set.of("-1")),
            Map.entry("HostConfig.Isolation", Set.of("default")),
            Map.entry("HostConfig.CgroupnsMode", Set.of("private")),
            Map.entry("HostConfig.IpcMode", Set.of("private")),
            Map.entry("HostConfig.Runtime", Set.of("crun")),
            Map.entry("HostConfig.VolumeDriver", Set.of("local")),
            Map.entry("HostConfig.LogConfig.Type", Set.of("json-file", "journald", "k8s-file")));

    private Unsupported() {}

    /** Throws {@link EngineException.NotImplemented} for the first such field, by its name. */
    static void refuse(JsonNode body) {
        others(body, "", CONFIG);
        JsonNode host = body.path("HostConfig");
        others(host, "HostConfig.", HOST);
        others(host.path("RestartPolicy"), "HostConfig.RestartPolicy.", RestartFields.KNOWN);
        for (JsonNode mount : host.path("Mounts")) {
            others(mount, "HostConfig.Mounts.", MOUNT);
            others(mount.path("TmpfsOptions"), "HostConfig.Mounts.TmpfsOptions.", TMPFS);
        }
        others(body.path("Healthcheck"), "Healthcheck.", HEALTHCHECK);
    }

    /** Throws for the first field of {@code node} that is not {@code known} and asks for something. */
    static void others(JsonNode node, String prefix, Set<String> known) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!known.contains(field.getKey())) {
                check(prefix + field.getKey(), field.getValue());
            }
        }
    }

    private static void check(String name, JsonNode value) {
        switch (value.getNodeType()) {
            case NULL, MISSING -> {}
            case BOOLEAN -> require(!value.booleanValue(), name, value.toString());
            case NUMBER ->
                require(value.decimalValue().signum() == 0 || harmless(name, value.asString()), name, value.asString());
            case STRING -> require(value.stringValue().isEmpty() || harmless(name, value.stringValue()), name, "");
            case ARRAY -> require(value.isEmpty(), name, "");
            case OBJECT -> {
                if (STRUCTURES.contains(name)) {
                    others(value, name + ".", Set.of());
                } else {
                    require(value.isEmpty(), name, "");
                }
            }
            case BINARY, POJO -> throw new IllegalStateException("no JSON text has such a node: " + name);
        }
    }

    private static boolean harmless(String name, String value) {
        return HARMLESS.getOrDefault(name, Set.of()).contains(value);
    }

    /** Texts are not repeated: one may hold what is secret. */
    private static void require(boolean condition, String name, String shown) {
        if (!condition) {
            throw new EngineException.NotImplemented(name + (shown.isEmpty() ? "" : "=" + shown)
                    + " is not supported by this engine: leave it out"
                    + (HARMLESS.containsKey(name)
                            ? " or use " + String.join(", ", new java.util.TreeSet<>(HARMLESS.get(name)))
                            : ""));
        }
    }
}
