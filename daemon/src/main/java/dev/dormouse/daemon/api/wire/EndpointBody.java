package dev.dormouse.daemon.api.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A place on a network: the fields that this engine acts on. */
public record EndpointBody(
        @Nullable @JsonProperty("IPAMConfig") Ipam ipamConfig,
        @Nullable List<@Nullable String> aliases,
        @Nullable @JsonProperty("NetworkID") String networkId,
        @Nullable @JsonProperty("IPAddress") String ipAddress,
        @Nullable @JsonProperty("IPv6Gateway") String ipv6Gateway) {
    /** {@code IPAMConfig}. */
    public record Ipam(
            @Nullable @JsonProperty("IPv4Address") String ipv4Address,
            @Nullable @JsonProperty("IPv6Address") String ipv6Address) {}
}
