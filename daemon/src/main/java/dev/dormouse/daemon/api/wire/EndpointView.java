package dev.dormouse.daemon.api.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.NetworkMode;
import dev.dormouse.daemon.network.AddressRange;
import dev.dormouse.daemon.network.Attachment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
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

    /** A container's endpoints, by their networks' names; addresses only while it runs, as dockerd has it. */
    public static Map<String, EndpointView> of(ContainerRecord container, boolean running) {
        NetworkMode mode = container.hostConfig().networkMode();
        if (!mode.isBridged()) {
            return Map.of(mode.name(), NONE);
        }
        Map<String, EndpointView> endpoints = new LinkedHashMap<>();
        container.networks().forEach(place -> endpoints.put(place.network().name(), of(container, place, running)));
        return endpoints;
    }

    private static EndpointView of(ContainerRecord container, Attachment place, boolean running) {
        Optional<Attachment> now = running ? Optional.of(place) : Optional.empty();
        Optional<String> address6 = now.flatMap(Attachment::address6);
        Optional<AddressRange> range6 = place.network().ipv6().filter(_ -> address6.isPresent());
        boolean named = place.network().resolvesNames();
        return new EndpointView(
                place.chosen() ? chosen(place) : null,
                null,
                named ? place.aliases() : null,
                now.map(Attachment::macAddress).orElse(""),
                null,
                place.network().id(),
                now.map(_ -> container.id().value()).orElse(""),
                now.map(Attachment::gateway).orElse(""),
                now.map(Attachment::address).orElse(""),
                now.map(Attachment::prefixLength).orElse(0),
                range6.map(AddressRange::gateway).orElse(""),
                address6.orElse(""),
                range6.map(AddressRange::prefixLength).orElse(0),
                named ? names(container, place) : null);
    }

    private static Map<String, String> chosen(Attachment place) {
        Map<String, String> chosen = new TreeMap<>(Map.of("IPv4Address", place.address()));
        place.address6().ifPresent(address -> chosen.put("IPv6Address", address));
        return chosen;
    }

    private static List<String> names(ContainerRecord container, Attachment place) {
        return Stream.of(
                        Stream.of(container.name()),
                        place.aliases().stream(),
                        Stream.of(
                                container.id().abbreviated(), container.config().hostname()))
                .flatMap(names -> names)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }
}
