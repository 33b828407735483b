package dev.dormouse.daemon.image;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of an image's configuration: the OCI image specification's config.md, plus Docker's Healthcheck. What an image is
 * identified by is the digest of this document's bytes, so it is kept as it came and only read through this form.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OciConfig(
        @Nullable String created,
        @Nullable String author,
        @Nullable String architecture,
        @Nullable String os,
        @Nullable String comment,
        @Nullable Container config,
        @Nullable RootFs rootfs,
        @Nullable List<History> history) {

    /** What a container of the image runs. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Container(
            @JsonProperty("User") @Nullable String user,
            @JsonProperty("ExposedPorts") @Nullable Map<String, Present> exposedPorts,
            @JsonProperty("Env") @Nullable List<String> env,
            @JsonProperty("Entrypoint") @Nullable List<String> entrypoint,
            @JsonProperty("Cmd") @Nullable List<String> cmd,
            @JsonProperty("Volumes") @Nullable Map<String, Present> volumes,
            @JsonProperty("WorkingDir") @Nullable String workingDir,
            @JsonProperty("Labels") @Nullable Map<String, String> labels,
            @JsonProperty("StopSignal") @Nullable String stopSignal,
            @JsonProperty("Healthcheck") @Nullable Health healthcheck) {}

    /** Docker's HEALTHCHECK; durations in nanoseconds. */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    record Health(
            @JsonProperty("Test") @Nullable List<String> test,
            @JsonProperty("Interval") long interval,
            @JsonProperty("Timeout") long timeout,
            @JsonProperty("StartPeriod") long startPeriod,
            @JsonProperty("StartInterval") long startInterval,
            @JsonProperty("Retries") int retries) {}

    /** {@code type} is always {@code layers}. */
    record RootFs(
            @Nullable String type,
            @JsonProperty("diff_ids") @Nullable List<String> diffIds) {}

    /** One step of the image's making. */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    record History(
            @Nullable String created,
            @JsonProperty("created_by") @Nullable String createdBy,
            @Nullable String author,
            @Nullable String comment,
            @JsonProperty("empty_layer") boolean emptyLayer) {}

    /** Go's empty struct: a set is a map of these. */
    record Present() {}
}
