package dev.dormouse.daemon.api.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.network.Attachment;
import dev.dormouse.daemon.spec.Port;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code NetworkSettings} of an inspect. */
public record NetworkSettingsView(
        String bridge,
        @JsonProperty("SandboxID") String sandboxId,
        String sandboxKey,
        @JsonInclude(content = JsonInclude.Include.ALWAYS) Map<String, @Nullable List<HostConfigView.Binding>> ports,
        @JsonProperty("EndpointID") String endpointId,
        String gateway,
        @JsonProperty("IPAddress") String ipAddress,
        @JsonProperty("IPPrefixLen") int ipPrefixLen,
        String macAddress,
        Map<String, EndpointView> networks) {
    /** A container's. */
    public static NetworkSettingsView of(ContainerRecord container, boolean running) {
        Optional<Attachment> place = running ? container.networks().stream().findFirst() : Optional.empty();
        return new NetworkSettingsView(
                place.map(at -> at.network().bridge()).orElse(""),
                running ? container.id().value() : "",
                place.map(_ -> "/run/dormouse/netns/" + container.id()).orElse(""),
                running ? ports(container) : Map.of(),
                place.map(_ -> container.id().value()).orElse(""),
                place.map(Attachment::gateway).orElse(""),
                place.map(Attachment::address).orElse(""),
                place.map(Attachment::prefixLength).orElse(0),
                place.map(Attachment::macAddress).orElse(""),
                EndpointView.of(container, running));
    }

    /** Exposed ports with nothing behind them are null; published ones without an address are on every address. */
    private static Map<String, @Nullable List<HostConfigView.Binding>> ports(ContainerRecord container) {
        Map<String, @Nullable List<HostConfigView.Binding>> ports = new TreeMap<>();
        for (Port exposed : container.config().exposedPorts()) {
            ports.put(exposed.toString(), null);
        }
        Map<String, List<HostConfigView.Binding>> published = new LinkedHashMap<>(
                HostConfigView.bindings(container.hostConfig().publishedPorts()));
        published.replaceAll((_, bindings) -> bindings.stream()
                .map(binding -> binding.hostIp().isEmpty()
                        ? new HostConfigView.Binding("0.0.0.0", binding.hostPort())
                        : binding)
                .toList());
        ports.putAll(published);
        return ports;
    }
}
