package dev.dormouse.daemon.api.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.ContainerState;
import dev.dormouse.daemon.container.NetworkMode;
import dev.dormouse.daemon.lifecycle.Containers;
import dev.dormouse.daemon.network.Attachment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One of the three networks. */
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
        Map<String, Member> containers,
        Map<String, String> options,
        Map<String, String> labels) {
    /** Its addresses; empty until a container has shown them. */
    public record Ipam(String driver, List<Map<String, String>> config) {}

    /** A running container in it. */
    public record Member(
            String name,
            @JsonProperty("EndpointID") String endpointId,
            String macAddress,
            @JsonProperty("IPv4Address") String ipv4Address,
            @JsonProperty("IPv6Address") String ipv6Address) {}

    /** A network with the containers that are in it now. */
    public static NetworkView of(NetworkMode mode, List<Containers.Container> containers) {
        Map<String, Member> members = new TreeMap<>();
        for (Containers.Container container : containers) {
            ContainerRecord record = container.record();
            if (record.hostConfig().networkMode() == mode && container.state() instanceof ContainerState.Running) {
                members.put(record.id().value(), member(record));
            }
        }
        Optional<Attachment> place = mode == NetworkMode.BRIDGE
                ? containers.stream()
                        .flatMap(container -> container.record().network().stream())
                        .findFirst()
                : Optional.empty();
        return new NetworkView(
                mode.lowerCase(),
                place.map(Attachment::networkId).orElse(mode.lowerCase()),
                StateView.NEVER,
                "local",
                mode == NetworkMode.NONE ? "null" : mode.lowerCase(),
                mode != NetworkMode.NONE,
                false,
                new Ipam(
                        "default",
                        place.map(at -> List.of(Map.of("Gateway", at.gateway())))
                                .orElse(List.of())),
                false,
                false,
                false,
                members,
                place.map(at -> Map.of("com.docker.network.bridge.name", at.bridge()))
                        .orElse(Map.of()),
                Map.of());
    }

    private static Member member(ContainerRecord record) {
        Optional<Attachment> place = record.network();
        return new Member(
                record.name(),
                record.id().value(),
                place.map(Attachment::macAddress).orElse(""),
                place.map(at -> at.address() + "/" + at.prefixLength()).orElse(""),
                "");
    }
}
