package dev.dormouse.daemon.api.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Body of {@code POST /networks/create}: the fields that this engine acts on. */
public record NetworkBody(
        @Nullable String name,
        @Nullable String driver,
        @Nullable String scope,
        @Nullable @JsonProperty("EnableIPv4") Boolean enableIpv4,
        @Nullable @JsonProperty("EnableIPv6") Boolean enableIpv6,
        @Nullable @JsonProperty("IPAM") Ipam ipam,
        @Nullable Boolean internal,
        @Nullable Map<String, JsonNode> options,
        @Nullable Map<String, JsonNode> labels,
        @Nullable Boolean checkDuplicate) {
    /** {@code IPAM}. */
    public record Ipam(@Nullable String driver, @Nullable List<@Nullable Range> config) {}

    /** One subnet. */
    public record Range(
            @Nullable String subnet,
            @Nullable String gateway,
            @Nullable @JsonProperty("IPRange") String ipRange) {}
}
