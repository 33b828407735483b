package dev.dormouse.daemon.container;

import dev.dormouse.daemon.image.ImageId;
import dev.dormouse.daemon.network.Attachment;
import dev.dormouse.daemon.spec.ContainerId;
import java.time.Instant;
import java.util.Optional;

/**
 * Everything durable about a container that does not change while it runs
 * ({@code /var/lib/dormouse/containers/ID/config.json}).
 *
 * @param schema version of the file's form; this engine writes and reads {@link #SCHEMA}
 * @param name without Docker's leading slash
 * @param unitName the instance of {@code dormouse-container@} it was last started under: the name it had then
 * @param config merged with the image's defaults
 * @param network its address on the bridge; absent for host and none
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
        Optional<Attachment> network) {
    public static final int SCHEMA = 2;

    /** The same with another host configuration. */
    public ContainerRecord with(HostConfig host) {
        return new ContainerRecord(schema, id, name, unitName, created, image, config, host, network);
    }

    /** The unit of this container: {@code dormouse-container@nginx.service}. */
    public String unit() {
        return "dormouse-container@" + unitName + ".service";
    }
}
