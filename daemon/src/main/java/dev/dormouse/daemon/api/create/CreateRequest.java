package dev.dormouse.daemon.api.create;

import dev.dormouse.daemon.api.wire.CreateBody;
import dev.dormouse.daemon.container.ContainerConfig;
import dev.dormouse.daemon.container.HostConfig;
import dev.dormouse.daemon.container.NetworkMode;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.network.Endpoint;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A checked create request.
 *
 * @param endpoints its places on networks, that of its network mode first
 */
public record CreateRequest(ContainerConfig config, HostConfig hostConfig, List<Endpoint> endpoints) {
    private static final CreateBody.Host NO_HOST = new CreateBody.Host(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
    /** dockerd's: less than this and a container cannot start. */
    private static final long LEAST_MEMORY = 6L * 1024 * 1024;

    /**
     * Checks a body.
     *
     * @param bind makes a tree a record, with errors that name the field
     * @throws EngineException.InvalidParameter if a field is wrong
     * @throws EngineException.NotImplemented if a field asks for what this engine has not
     */
    public static CreateRequest of(JsonNode tree, BiFunction<JsonNode, Class<CreateBody>, CreateBody> bind) {
        Unsupported.refuse(tree);
        CreateBody body = bind.apply(tree, CreateBody.class);
        CreateBody.Host host = body.hostConfig() == null ? NO_HOST : body.hostConfig();
        NetworkChoice network =
                NetworkChoice.of(host.networkMode(), tree.path("NetworkingConfig"), body.networkingConfig());
        return new CreateRequest(ConfigFields.config(body), hostConfig(host, network.mode()), network.endpoints());
    }

    private static HostConfig hostConfig(CreateBody.Host host, NetworkMode network) {
        return new HostConfig(
                network,
                PortFields.published(host.portBindings(), network),
                MountFields.binds(host.binds(), host.mounts()),
                Boolean.TRUE.equals(host.autoRemove()),
                Boolean.TRUE.equals(host.readonlyRootfs()),
                HostFields.capabilities("HostConfig.CapAdd", host.capAdd()),
                HostFields.capabilities("HostConfig.CapDrop", host.capDrop()),
                MountFields.tmpfs(host.tmpfs(), host.mounts()),
                HostFields.extraHosts(host.extraHosts()),
                HostFields.dns(host.dns()),
                atLeast("HostConfig.Memory", host.memory(), LEAST_MEMORY, "6m"),
                atLeast("HostConfig.NanoCpus", host.nanoCpus(), 1, "0.000000001 CPU"),
                host.pidsLimit() == null ? 0 : host.pidsLimit(),
                shmBytes(host.shmSize()),
                SecurityFields.noNewPrivileges(host.securityOpt()),
                RestartFields.policy("HostConfig.RestartPolicy", host.restartPolicy()));
    }

    private static long shmBytes(@Nullable Long bytes) {
        if (bytes != null && bytes < 0) {
            throw invalid("HostConfig.ShmSize", "a number of bytes, or 0 for the engine's default", bytes.toString());
        }
        return bytes == null ? 0 : bytes;
    }

    private static long atLeast(String field, @Nullable Long value, long least, String words) {
        if (value == null || value == 0) {
            return 0;
        }
        if (value < least) {
            throw new EngineException.InvalidParameter(
                    field + " must be at least " + words + ", or 0 for no limit: " + value);
        }
        return value;
    }

    static <T> List<T> list(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    static <V> Map<String, V> map(@Nullable Map<String, V> map) {
        return map == null ? Map.of() : map;
    }

    static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** A text that must be there. */
    static String required(String field, @Nullable String text, String what) {
        if (text(text).isEmpty()) {
            throw new EngineException.InvalidParameter(field + " must be " + what);
        }
        return text(text);
    }

    static EngineException.InvalidParameter invalid(String field, String allowed, String value) {
        return new EngineException.InvalidParameter(field + " must be " + allowed + ", not '" + value + "'");
    }
}
