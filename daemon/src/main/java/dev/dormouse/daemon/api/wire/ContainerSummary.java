package dev.dormouse.daemon.api.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.ContainerState;
import dev.dormouse.daemon.lifecycle.Containers;
import dev.dormouse.daemon.spec.Port;
import dev.dormouse.daemon.spec.PublishedPort;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line of {@code GET /containers/json}. */
public record ContainerSummary(
        String id,
        List<String> names,
        String image,
        @JsonProperty("ImageID") String imageId,
        String command,
        long created,
        List<PortView> ports,
        Map<String, String> labels,
        String state,
        String status,
        HostView hostConfig,
        NetworksView networkSettings,
        List<MountView> mounts) {
    /** A port, published or only exposed. */
    public record PortView(
            @Nullable @JsonProperty("IP") String ip,
            int privatePort,
            @Nullable Integer publicPort,
            String type) {}

    /** How it reaches the network. */
    public record HostView(String networkMode) {}

    /** Its networks. */
    public record NetworksView(Map<String, EndpointView> networks) {}

    /** A container as a list shows it at {@code now}. */
    public static ContainerSummary of(Containers.Container container, Instant now) {
        ContainerRecord record = container.record();
        boolean running = container.state() instanceof ContainerState.Running;
        return new ContainerSummary(
                record.id().value(),
                List.of("/" + record.name()),
                record.config().image(),
                record.image().toString(),
                String.join(" ", ContainerView.command(record.config())),
                record.created().getEpochSecond(),
                running ? ports(record) : List.of(),
                record.config().labels(),
                StateView.of(container.state()).status(),
                StatusText.of(container, now),
                new HostView(record.hostConfig().networkMode().name()),
                new NetworksView(EndpointView.of(record, running)),
                MountView.of(record.hostConfig()));
    }

    private static List<PortView> ports(ContainerRecord record) {
        List<PortView> ports = new ArrayList<>();
        for (PublishedPort port : record.hostConfig().publishedPorts()) {
            String address = port.hostAddress().isEmpty() ? "0.0.0.0" : port.hostAddress();
            ports.add(view(port.container(), address, port.hostPort()));
        }
        for (Port exposed : record.config().exposedPorts()) {
            boolean published = record.hostConfig().publishedPorts().stream()
                    .anyMatch(port -> port.container().equals(exposed));
            if (!published) {
                ports.add(view(exposed, null, null));
            }
        }
        return ports;
    }

    private static PortView view(Port port, @Nullable String address, @Nullable Integer hostPort) {
        return new PortView(address, port.number(), hostPort, port.protocol().lowerCase());
    }
}
