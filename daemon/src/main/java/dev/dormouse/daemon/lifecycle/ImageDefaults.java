package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.container.ContainerConfig;
import dev.dormouse.daemon.container.HostConfig;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.image.ImageConfig;
import dev.dormouse.daemon.spec.Healthcheck;
import dev.dormouse.daemon.spec.Port;
import dev.dormouse.daemon.spec.PublishedPort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Fills what a create request leaves open from the image, by dockerd's rules. */
final class ImageDefaults {
    private ImageDefaults() {}

    /**
     * The config of the container.
     *
     * @throws EngineException.InvalidParameter {@code no command specified}, if neither has one
     */
    static ContainerConfig merge(ContainerConfig asked, HostConfig host, ImageConfig image) {
        Optional<List<String>> entrypoint = entrypoint(asked, image);
        Optional<List<String>> cmd = cmd(asked, image);
        if (entrypoint.isEmpty() && cmd.isEmpty()) {
            throw new EngineException.InvalidParameter("no command specified");
        }
        return new ContainerConfig(
                asked.hostname(),
                asked.user().isEmpty() ? image.user() : asked.user(),
                env(asked.env(), image.env()),
                entrypoint,
                cmd,
                asked.workingDir().isEmpty() ? image.workingDir() : asked.workingDir(),
                labels(asked, image),
                ports(asked, host, image),
                asked.stopSignal().or(image::stopSignal),
                asked.stopTimeoutSeconds(),
                healthcheck(asked, image),
                asked.image());
    }

    /** {@code --entrypoint ""} comes as one empty word and means none, also not the image's. */
    private static Optional<List<String>> entrypoint(ContainerConfig asked, ImageConfig image) {
        return asked.entrypoint().or(image::entrypoint).filter(words -> !words.isEmpty() && !words.equals(List.of("")));
    }

    /** The image's command belongs to the image's entrypoint: a client's own entrypoint resets it. */
    private static Optional<List<String>> cmd(ContainerConfig asked, ImageConfig image) {
        boolean ownEntrypoint =
                asked.entrypoint().filter(words -> !words.isEmpty()).isPresent();
        Optional<List<String>> own = asked.cmd().filter(words -> !words.isEmpty());
        return own.or(() -> ownEntrypoint ? Optional.empty() : image.cmd()).filter(words -> !words.isEmpty());
    }

    /** The client's, then the image's that the client does not name; {@code NAME} without a value takes the image's away. */
    private static List<String> env(List<String> asked, List<String> image) {
        Set<String> named = asked.stream().map(ImageDefaults::variable).collect(Collectors.toSet());
        List<String> merged = new ArrayList<>(
                asked.stream().filter(entry -> entry.contains("=")).toList());
        image.stream().filter(entry -> !named.contains(variable(entry))).forEach(merged::add);
        return List.copyOf(merged);
    }

    private static String variable(String entry) {
        int equals = entry.indexOf('=');
        return equals < 0 ? entry : entry.substring(0, equals);
    }

    private static Map<String, String> labels(ContainerConfig asked, ImageConfig image) {
        Map<String, String> merged = new HashMap<>(image.labels());
        merged.putAll(asked.labels());
        return Map.copyOf(merged);
    }

    private static Set<Port> ports(ContainerConfig asked, HostConfig host, ImageConfig image) {
        Set<Port> merged = new HashSet<>(image.exposedPorts());
        merged.addAll(asked.exposedPorts());
        host.publishedPorts().stream().map(PublishedPort::container).forEach(merged::add);
        return Set.copyOf(merged);
    }

    private static Optional<Healthcheck> healthcheck(ContainerConfig asked, ImageConfig image) {
        if (asked.healthcheck().isEmpty() || image.healthcheck().isEmpty()) {
            return asked.healthcheck().or(image::healthcheck);
        }
        Healthcheck own = asked.healthcheck().get();
        Healthcheck base = image.healthcheck().get();
        return Optional.of(new Healthcheck(
                own.test().isEmpty() ? base.test() : own.test(),
                orElse(own.interval(), base.interval()),
                orElse(own.timeout(), base.timeout()),
                orElse(own.startPeriod(), base.startPeriod()),
                orElse(own.startInterval(), base.startInterval()),
                own.retries() == 0 ? base.retries() : own.retries()));
    }

    private static Duration orElse(Duration own, Duration base) {
        return own.isZero() ? base : own;
    }
}
