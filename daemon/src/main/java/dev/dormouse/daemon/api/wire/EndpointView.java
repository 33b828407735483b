package dev.dormouse.daemon.api.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.network.Attachment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A container's place in a network. */
public record EndpointView(
        @JsonProperty("IPAMConfig") @JsonInclude @Nullable Map<String, String> ipamConfig,
        @JsonInclude @Nullable List<String> links,
        @JsonInclude @Nullable List<String> aliases,
        String macAddress,
        @JsonInclude @Nullable Map<String, String> driverOpts,
        @JsonProperty("NetworkID") String networkId,
        @JsonProperty("EndpointID") String endpointId,
        String gateway,
        @JsonProperty("IPAddress") String ipAddress,
        @JsonProperty("IPPrefixLen") int ipPrefixLen,
        @JsonProperty("IPv6Gateway") String ipv6Gateway,
        @JsonProperty("GlobalIPv6Address") String globalIpv6Address,
        @JsonProperty("GlobalIPv6PrefixLen") int globalIpv6PrefixLen,
        @JsonProperty("DNSNames") @JsonInclude @Nullable List<String> dnsNames) {
    private static final EndpointView NONE =
            new EndpointView(null, null, null, "", null, "", "", "", "", 0, "", "", 0, null);

    /** A container's one endpoint, by its network's name; addresses only while it runs, as dockerd has it. */
    public static Map<String, EndpointView> of(ContainerRecord container, boolean running) {
        String network = container.hostConfig().networkMode().lowerCase();
        Optional<Attachment> attachment = running ? container.network() : Optional.empty();
        return Map.of(
                network,
                attachment
                        .map(place -> new EndpointView(
                                null,
                                null,
                                null,
                                place.macAddress(),
                                null,
                                place.networkId(),
                                container.id().value(),
                                place.gateway(),
                                place.address(),
                                place.prefixLength(),
                                "",
                                "",
                                0,
                                null))
                        .orElse(NONE));
    }
}
