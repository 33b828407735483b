package dev.dormouse.daemon.container;

import dev.dormouse.daemon.spec.Healthcheck;
import dev.dormouse.daemon.spec.Port;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a container runs, in Docker's terms ({@code Config} of an inspect), already merged with its image's defaults once it is in a
 * {@link ContainerRecord}. In a create request the lists may be empty and the optionals absent, meaning "the image's".
 *
 * @param hostname empty: the abbreviated container id
 * @param user {@code user[:group]} by name or number; empty: root
 * @param env {@code NAME=value} each
 * @param workingDir absolute, or empty for {@code /}
 * @param stopSignal a signal's name ({@code SIGQUIT}, {@code QUIT}) or number; absent: SIGTERM
 * @param stopTimeoutSeconds -1 waits for ever; absent: 10
 * @param image the reference that the client named
 */
public record ContainerConfig(
        String hostname,
        String user,
        List<String> env,
        Optional<List<String>> entrypoint,
        Optional<List<String>> cmd,
        String workingDir,
        Map<String, String> labels,
        Set<Port> exposedPorts,
        Optional<String> stopSignal,
        Optional<Integer> stopTimeoutSeconds,
        Optional<Healthcheck> healthcheck,
        String image) {
    /** The same with another stop time-out. */
    public ContainerConfig withStopTimeoutSeconds(Optional<Integer> seconds) {
        return new ContainerConfig(
                hostname,
                user,
                env,
                entrypoint,
                cmd,
                workingDir,
                labels,
                exposedPorts,
                stopSignal,
                seconds,
                healthcheck,
                image);
    }
}
