package dev.dormouse.daemon.network;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.dormouse.daemon.spec.ContainerId;
import dev.dormouse.daemon.spec.PublishedPort;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * The document that {@code netavark setup} and {@code teardown} read: NetworkOptions in netavark's src/network/types.rs. The members
 * used here mean the same to 1.4 and 1.14.
 */
record NetavarkOptions(
        @JsonProperty("container_id") String containerId,
        @JsonProperty("container_name") String containerName,
        @JsonProperty("port_mappings") List<PortMapping> portMappings,
        @JsonProperty("networks") Map<String, PerNetwork> networks,
        @JsonProperty("network_info") Map<String, Network> networkInfo) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String NAME = "bridge";

    record PortMapping(
            @JsonProperty("container_port") int containerPort,
            @JsonProperty("host_ip") String hostAddress,
            @JsonProperty("host_port") int hostPort,
            @JsonProperty("protocol") String protocol,
            @JsonProperty("range") int range) {}

    record PerNetwork(
            @JsonProperty("interface_name") String interfaceName,
            @JsonProperty("static_ips") List<String> staticAddresses,
            @JsonProperty("static_mac") String staticMac) {}

    record Network(
            @JsonProperty("name") String name,
            @JsonProperty("id") String id,
            @JsonProperty("driver") String driver,
            @JsonProperty("network_interface") String networkInterface,
            @JsonProperty("subnets") List<NetworkSubnet> subnets,
            @JsonProperty("ipv6_enabled") boolean ipv6Enabled,
            @JsonProperty("internal") boolean internal,
            @JsonProperty("dns_enabled") boolean dnsEnabled,
            @JsonProperty("ipam_options") Map<String, String> ipamOptions) {}

    record NetworkSubnet(
            @JsonProperty("subnet") String subnet,
            @JsonProperty("gateway") String gateway) {}

    static String json(ContainerId container, String name, Attachment attachment, List<PublishedPort> publishedPorts) {
        return JSON.writeValueAsString(new NetavarkOptions(
                container.value(),
                name,
                publishedPorts.stream().map(NetavarkOptions::mapping).toList(),
                Map.of(NAME, new PerNetwork("eth0", List.of(attachment.address()), attachment.macAddress())),
                Map.of(NAME, network(attachment))));
    }

    private static PortMapping mapping(PublishedPort port) {
        return new PortMapping(
                port.container().number(),
                port.hostAddress(),
                port.hostPort(),
                port.container().protocol().lowerCase(),
                1);
    }

    private static Network network(Attachment attachment) {
        return new Network(
                NAME,
                attachment.networkId(),
                "bridge",
                attachment.bridge(),
                List.of(new NetworkSubnet(attachment.subnet(), attachment.gateway())),
                false,
                false,
                false,
                Map.of("driver", "host-local"));
    }
}
