package dev.dormouse.daemon.network;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.dormouse.daemon.spec.ContainerId;
import dev.dormouse.daemon.spec.PublishedPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * The document that {@code netavark setup} and {@code teardown} read: NetworkOptions in netavark's src/network/types.rs. The members
 * used here mean the same to 1.4 and 1.14.
 */
public record NetavarkOptions(
        @JsonProperty("container_id") String containerId,
        @JsonProperty("container_name") String containerName,
        @JsonProperty("port_mappings") List<PortMapping> portMappings,

        @JsonProperty("dns_servers") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<String> resolvers,

        @JsonProperty("networks") Map<String, PerNetwork> networks,
        @JsonProperty("network_info") Map<String, NetworkInfo> networkInfo) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    record PortMapping(
            @JsonProperty("container_port") int containerPort,
            @JsonProperty("host_ip") String hostAddress,
            @JsonProperty("host_port") int hostPort,
            @JsonProperty("protocol") String protocol,
            @JsonProperty("range") int range) {}

    record PerNetwork(
            @JsonProperty("interface_name") String interfaceName,
            @JsonProperty("static_ips") List<String> staticAddresses,
            @JsonProperty("static_mac") String staticMac,

            @JsonProperty("aliases") @JsonInclude(JsonInclude.Include.NON_EMPTY)
            List<String> aliases) {}

    record NetworkInfo(
            @JsonProperty("name") String name,
            @JsonProperty("id") String id,
            @JsonProperty("driver") String driver,
            @JsonProperty("network_interface") String networkInterface,
            @JsonProperty("subnets") List<NetworkSubnet> subnets,
            @JsonProperty("ipv6_enabled") boolean ipv6Enabled,
            @JsonProperty("internal") boolean internal,
            @JsonProperty("dns_enabled") boolean dnsEnabled,

            @JsonProperty("options") @JsonInclude(JsonInclude.Include.NON_EMPTY)
            Map<String, String> options,

            @JsonProperty("ipam_options") Map<String, String> ipamOptions) {
        private NetworkInfo withoutNames() {
            return new NetworkInfo(
                    name, id, driver, networkInterface, subnets, ipv6Enabled, internal, false, options, ipamOptions);
        }
    }

    record NetworkSubnet(
            @JsonProperty("subnet") String subnet,
            @JsonProperty("gateway") String gateway) {}

    /**
     * Of a container.
     *
     * @param names by which it is found on networks that resolve names, besides its own and each place's aliases
     * @param resolvers that it asks for other names; empty: the host's
     */
    public static NetavarkOptions of(
            ContainerId container,
            String name,
            List<String> names,
            List<Attachment> attachments,
            List<PublishedPort> ports,
            List<String> resolvers) {
        Map<String, PerNetwork> places = new TreeMap<>();
        Map<String, NetworkInfo> networks = new TreeMap<>();
        for (Attachment attachment : attachments) {
            NetworkInfo network = network(attachment.network());
            networks.put(network.name(), network);
            places.put(network.name(), place(attachment, network.dnsEnabled() ? names : List.of()));
        }
        return new NetavarkOptions(
                container.value(),
                name,
                ports.stream().map(NetavarkOptions::mapping).toList(),
                networks.values().stream().anyMatch(NetworkInfo::dnsEnabled) ? List.copyOf(resolvers) : List.of(),
                places,
                networks);
    }

    /** The same for who makes firewall rules again: names are registered already. */
    public NetavarkOptions withoutNames() {
        Map<String, NetworkInfo> nameless = new TreeMap<>(networkInfo);
        nameless.replaceAll((_, network) -> network.withoutNames());
        return new NetavarkOptions(containerId, containerName, portMappings, List.of(), networks, nameless);
    }

    /** One line. */
    public String json() {
        return JSON.writeValueAsString(this);
    }

    private static PerNetwork place(Attachment attachment, List<String> names) {
        List<String> addresses = new ArrayList<>(List.of(attachment.address()));
        attachment.address6().ifPresent(addresses::add);
        return new PerNetwork(
                attachment.interfaceName(),
                addresses,
                attachment.macAddress(),
                Stream.concat(attachment.aliases().stream(), names.stream())
                        .distinct()
                        .toList());
    }

    private static PortMapping mapping(PublishedPort port) {
        return new PortMapping(
                port.container().number(),
                port.hostAddress(),
                port.hostPort(),
                port.container().protocol().lowerCase(),
                1);
    }

    /** The name is a file of aardvark-dns, beside others of its own: a user's network goes by its id. */
    private static NetworkInfo network(Network network) {
        return new NetworkInfo(
                network.resolvesNames() ? network.id() : network.name(),
                network.id(),
                "bridge",
                network.bridge(),
                Stream.concat(Stream.of(network.ipv4()), network.ipv6().stream())
                        .map(range -> new NetworkSubnet(range.subnet(), range.gateway()))
                        .toList(),
                network.ipv6().isPresent(),
                network.internal(),
                network.resolvesNames(),
                network.resolvesNames() ? Map.of("isolate", "true") : Map.of(),
                Map.of("driver", "host-local"));
    }
}
