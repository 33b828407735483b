package dev.dormouse.daemon.container;

import dev.dormouse.daemon.image.ImageId;
import dev.dormouse.daemon.network.Attachment;
import dev.dormouse.daemon.spec.ContainerId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything durable about a container that does not change while it runs
 * ({@code /var/lib/dormouse/containers/ID/config.json}).
 *
 * @param schema version of the file's form; this engine writes and reads {@link #SCHEMA}
 * @param name without Docker's leading slash
 * @param unitName the instance of {@code dormouse-container@} it was last started under: the name it had then
 * @param config merged with the image's defaults
 * @param networks its places on networks, in the order in which it came to them; empty for host and none
 */
public record ContainerRecord(
        int schema,
        ContainerId id,
        String name,
        String unitName,
        Instant created,
        ImageId image,
        ContainerConfig config,
        HostConfig hostConfig,
        List<Attachment> networks) {
    public static final int SCHEMA = 3;

    public ContainerRecord {
        networks = List.copyOf(networks);
    }

    /** The same with another host configuration. */
    public ContainerRecord with(HostConfig host) {
        return new ContainerRecord(schema, id, name, unitName, created, image, config, host, networks);
    }

    /** The same under another name, and with the unit of one. */
    public ContainerRecord withNames(String other, String unit) {
        return new ContainerRecord(schema, id, other, unit, created, image, config, hostConfig, networks);
    }

    /** The same on other networks. */
    public ContainerRecord withNetworks(List<Attachment> others) {
        return new ContainerRecord(schema, id, name, unitName, created, image, config, hostConfig, others);
    }

    /** Its place on a network. */
    public Optional<Attachment> on(String networkId) {
        return networks.stream()
                .filter(place -> place.network().id().equals(networkId))
                .findFirst();
    }

    /** The unit of this container: {@code dormouse-container@nginx.service}. */
    public String unit() {
        return "dormouse-container@" + unitName + ".service";
    }
}
