package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.container.BindMount;
import dev.dormouse.daemon.container.ContainerConfig;
import dev.dormouse.daemon.container.HostConfig;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.health.UnhealthyAction;
import dev.dormouse.daemon.spec.PublishedPort;
import dev.dormouse.daemon.spec.Signals;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Refuses what a container cannot be created with, naming the field and what is allowed, never the value of a variable. */
final class CreateRequestCheck {
    /** dockerd's linuxMinMemory. */
    static final long LEAST_MEMORY = 6L * 1024 * 1024;

    private static final int HIGHEST_PORT = 65_535;

    /** sethostname(2): at most 64 bytes. */
    private static final Pattern HOSTNAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9.-]{0,63}");

    private CreateRequestCheck() {}

    /** @throws EngineException.InvalidParameter at the first thing that is wrong */
    static void check(ContainerConfig config, HostConfig host) {
        config.stopSignal().ifPresent(Signals::number);
        config.stopTimeoutSeconds().ifPresent(CreateRequestCheck::checkTimeout);
        if (!config.workingDir().isEmpty()) {
            require(
                    config.workingDir().startsWith("/"),
                    "the working directory '" + config.workingDir() + "' is invalid, it needs to be an absolute path");
        }
        require(
                config.hostname().isEmpty()
                        || HOSTNAME.matcher(config.hostname()).matches(),
                "invalid hostname " + config.hostname() + ": allowed are 1 to 64 letters, digits, dots and hyphens");
        config.env().forEach(CreateRequestCheck::checkVariable);
        config.entrypoint().stream().flatMap(words -> words.stream()).forEach(word -> checkWord("Entrypoint", word));
        config.cmd().stream().flatMap(words -> words.stream()).forEach(word -> checkWord("Cmd", word));
        require(
                !(host.autoRemove() && host.restartPolicy().restarts()),
                "can't create 'AutoRemove' container with restart policy");
        checkMounts(host);
        checkResources(host);
        host.publishedPorts().forEach(CreateRequestCheck::checkPublished);
    }

    /** The labels that this engine acts on: the client's, and the image's. */
    static void checkLabels(Map<String, String> labels) {
        var _ = UnhealthyAction.of(labels);
    }

    /** Seconds of a stop: -1 is for ever. */
    static void checkTimeout(int seconds) {
        require(seconds >= -1, "invalid stop timeout " + seconds + ": allowed are seconds from 0, or -1 for no limit");
    }

    private static void checkVariable(String entry) {
        require(!entry.isEmpty() && entry.charAt(0) != '=', "invalid environment variable: its name is empty");
        require(entry.indexOf('\0') < 0, "invalid environment variable: it contains a NUL character");
    }

    private static void checkWord(String field, String word) {
        require(word.indexOf('\0') < 0, "invalid " + field + ": it contains a NUL character");
    }

    private static void checkMounts(HostConfig host) {
        Set<String> targets = new HashSet<>();
        for (BindMount bind : host.binds()) {
            require(
                    bind.source().startsWith("/"),
                    "invalid mount source '" + bind.source() + "': it must be an absolute path on the host");
            checkTarget(targets, bind.target());
        }
        host.tmpfs().keySet().forEach(target -> checkTarget(targets, target));
    }

    private static void checkTarget(Set<String> targets, String target) {
        require(target.startsWith("/"), "invalid mount path: '" + target + "' mount path must be absolute");
        require(
                target.chars().anyMatch(c -> c != '/'),
                "invalid mount path: '" + target + "': the container's root cannot be mounted over");
        require(targets.add(target), "Duplicate mount point: " + target);
    }

    private static void checkResources(HostConfig host) {
        require(
                host.memoryBytes() == 0 || host.memoryBytes() >= LEAST_MEMORY,
                "Minimum memory limit allowed is 6MB (0 for no limit), not " + host.memoryBytes() + " bytes");
        require(host.nanoCpus() >= 0, "invalid NanoCpus " + host.nanoCpus() + ": allowed is 0 for no limit, or more");
    }

    private static void checkPublished(PublishedPort port) {
        require(
                port.hostPort() >= 0 && port.hostPort() <= HIGHEST_PORT,
                "invalid host port " + port.hostPort() + " for " + port.container() + ": allowed are 0 to 65535");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new EngineException.InvalidParameter(message);
        }
    }
}
