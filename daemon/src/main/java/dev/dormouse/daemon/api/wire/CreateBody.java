package dev.dormouse.daemon.api.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Body of {@code POST /containers/create}: the fields that this engine acts on. */
public record CreateBody(
        @Nullable String hostname,
        @Nullable String user,
        @Nullable List<String> env,
        @Nullable JsonNode cmd,
        @Nullable JsonNode entrypoint,
        @Nullable String image,
        @Nullable String workingDir,
        @Nullable Map<String, @Nullable String> labels,
        @Nullable Map<String, JsonNode> exposedPorts,
        @Nullable String stopSignal,
        @Nullable Integer stopTimeout,
        @Nullable HealthcheckBody healthcheck,
        @Nullable Host hostConfig,
        @Nullable Networking networkingConfig) {
    /** {@code HostConfig}. */
    public record Host(
            @Nullable List<String> binds,
            @Nullable String networkMode,
            @Nullable Map<String, @Nullable List<PortBinding>> portBindings,
            @Nullable Boolean autoRemove,
            @Nullable Boolean readonlyRootfs,
            @Nullable List<String> capAdd,
            @Nullable List<String> capDrop,
            @Nullable Map<String, String> tmpfs,
            @Nullable List<MountBody> mounts,
            @Nullable List<String> extraHosts,
            @Nullable List<String> dns,
            @Nullable Long memory,
            @Nullable Long nanoCpus,
            @Nullable Long pidsLimit,
            @Nullable Long shmSize,
            @Nullable List<String> securityOpt,
            @Nullable RestartPolicyBody restartPolicy) {}

    /** {@code NetworkingConfig}. */
    public record Networking(@Nullable Map<String, @Nullable EndpointBody> endpointsConfig) {}

    /** One host side of a published port. */
    public record PortBinding(
            @Nullable @JsonProperty("HostIp") String hostIp,
            @Nullable String hostPort) {}

    /** {@code --mount}. */
    public record MountBody(
            @Nullable String type,
            @Nullable String source,
            @Nullable String target,
            @Nullable @JsonProperty("ReadOnly") Boolean readOnly,
            @Nullable TmpfsOptions tmpfsOptions) {}

    /** Options of a {@code --mount type=tmpfs}. */
    public record TmpfsOptions(
            @Nullable Long sizeBytes, @Nullable Integer mode) {}
}
