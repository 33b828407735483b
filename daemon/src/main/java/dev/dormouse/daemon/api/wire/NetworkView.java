package dev.dormouse.daemon.api.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.ContainerState;
import dev.dormouse.daemon.container.NetworkMode;
import dev.dormouse.daemon.lifecycle.Containers;
import dev.dormouse.daemon.network.AddressRange;
import dev.dormouse.daemon.network.Attachment;
import dev.dormouse.daemon.network.Network;
import dev.dormouse.daemon.network.NetworkRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A network. */
public record NetworkView(
        String name,
        String id,
        String created,
        String scope,
        String driver,
        @JsonProperty("EnableIPv4") boolean enableIpv4,
        @JsonProperty("EnableIPv6") boolean enableIpv6,
        @JsonProperty("IPAM") Ipam ipam,
        boolean internal,
        boolean attachable,
        boolean ingress,
        @JsonProperty("ConfigFrom") Map<String, String> configFrom,
        boolean configOnly,
        Map<String, Member> containers,
        Map<String, String> options,
        Map<String, String> labels) {
    private static final String BRIDGE_NAME = "com.docker.network.bridge.name";

    /** Its addresses. */
    public record Ipam(String driver, @JsonInclude @Nullable Map<String, String> options, List<Range> config) {}

    /** Of one family. */
    public record Range(
            String subnet,
            @JsonProperty("IPRange") @Nullable String ipRange,
            String gateway) {}

    /** A running container in it. */
    public record Member(
            String name,
            @JsonProperty("EndpointID") String endpointId,
            String macAddress,
            @JsonProperty("IPv4Address") String ipv4Address,
            @JsonProperty("IPv6Address") String ipv6Address) {}

    /** A bridge network with the containers that are in it now. */
    public static NetworkView of(NetworkRecord record, List<Containers.Container> containers) {
        Network network = record.network();
        Map<String, Member> members = new TreeMap<>();
        for (ContainerRecord container : running(containers)) {
            container
                    .on(network.id())
                    .ifPresent(place -> members.put(container.id().value(), member(container, place)));
        }
        Map<String, String> options = new HashMap<>(record.options());
        options.put(BRIDGE_NAME, network.bridge());
        return new NetworkView(
                network.name(),
                network.id(),
                Moments.text(record.created()),
                "local",
                "bridge",
                true,
                network.ipv6().isPresent(),
                new Ipam(
                        "default",
                        null,
                        Stream.concat(Stream.of(network.ipv4()), network.ipv6().stream())
                                .map(NetworkView::range)
                                .toList()),
                network.internal(),
                false,
                false,
                Map.of("Network", ""),
                false,
                members,
                options,
                record.labels());
    }

    /** The host's network, or none. */
    public static NetworkView of(NetworkMode mode, List<Containers.Container> containers) {
        Map<String, Member> members = new TreeMap<>();
        for (ContainerRecord container : running(containers)) {
            if (container.hostConfig().networkMode().equals(mode)) {
                members.put(
                        container.id().value(),
                        new Member(container.name(), container.id().value(), "", "", ""));
            }
        }
        return new NetworkView(
                mode.name(),
                mode.name(),
                StateView.NEVER,
                "local",
                mode.equals(NetworkMode.NONE) ? "null" : mode.name(),
                !mode.equals(NetworkMode.NONE),
                false,
                new Ipam("default", null, List.of()),
                false,
                false,
                false,
                Map.of("Network", ""),
                false,
                members,
                Map.of(),
                Map.of());
    }

    private static List<ContainerRecord> running(List<Containers.Container> containers) {
        return containers.stream()
                .filter(container -> container.state() instanceof ContainerState.Running)
                .map(Containers.Container::record)
                .toList();
    }

    private static Range range(AddressRange range) {
        return new Range(range.subnet(), range.pool().orElse(null), range.gateway());
    }

    private static Member member(ContainerRecord container, Attachment place) {
        return new Member(
                container.name(),
                container.id().value(),
                place.macAddress(),
                place.address() + "/" + place.prefixLength(),
                place.network()
                        .ipv6()
                        .flatMap(range -> place.address6().map(address -> address + "/" + range.prefixLength()))
                        .orElse(""));
    }
}
