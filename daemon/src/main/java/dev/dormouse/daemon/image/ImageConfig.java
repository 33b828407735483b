package dev.dormouse.daemon.image;

import dev.dormouse.daemon.spec.Healthcheck;
import dev.dormouse.daemon.spec.Port;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an image says a container of it should run: the OCI image specification's {@code config} plus Docker's HEALTHCHECK.
 *
 * @param volumes paths that the image declares as volumes; each becomes an anonymous directory of the container
 */
public record ImageConfig(
        String user,
        List<String> env,
        Optional<List<String>> entrypoint,
        Optional<List<String>> cmd,
        String workingDir,
        Map<String, String> labels,
        Set<Port> exposedPorts,
        Set<String> volumes,
        Optional<String> stopSignal,
        Optional<Healthcheck> healthcheck) {}
