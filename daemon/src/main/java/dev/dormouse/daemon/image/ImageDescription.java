package dev.dormouse.daemon.image;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.spec.Healthcheck;
import dev.dormouse.daemon.spec.Port;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an image's configuration says, checked. */
record ImageDescription(
        ImageConfig config,
        Instant created,
        List<String> diffIds,
        String architecture,
        String os,
        String author,
        String comment) {
    /** Docker's own bound (its layer store's maximal depth), well below overlayfs's of 500. */
    private static final int MOST_LAYERS = 127;

    /**
     * Reads a configuration's JSON.
     *
     * @throws EngineException.InvalidParameter naming the field that is wrong
     */
    static ImageDescription parse(String json) {
        OciConfig wire =
                ImageJson.read(json.getBytes(StandardCharsets.UTF_8), OciConfig.class, ImageDescription::invalid);
        String os = text(wire.os());
        if (!os.equals("linux")) {
            throw invalid("os: cannot run an image for '" + os + "' on linux");
        }
        return new ImageDescription(
                config(wire.config()),
                created(wire.created()),
                diffIds(wire.rootfs()),
                text(wire.architecture()),
                os,
                text(wire.author()),
                comment(wire));
    }

    private static ImageConfig config(OciConfig.@Nullable Container wire) {
        if (wire == null) {
            return new ImageConfig(
                    "",
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    "",
                    Map.of(),
                    Set.of(),
                    Set.of(),
                    Optional.empty(),
                    Optional.empty());
        }
        return new ImageConfig(
                text(wire.user()),
                list("config.Env", wire.env()),
                command("config.Entrypoint", wire.entrypoint()),
                command("config.Cmd", wire.cmd()),
                text(wire.workingDir()),
                labels(wire.labels()),
                ports(wire.exposedPorts()),
                volumes(wire.volumes()),
                Optional.ofNullable(wire.stopSignal()).filter(signal -> !signal.isEmpty()),
                Optional.ofNullable(wire.healthcheck()).flatMap(ImageDescription::healthcheck));
    }

    private static Optional<List<String>> command(String field, @Nullable List<String> words) {
        return Optional.of(list(field, words)).filter(list -> !list.isEmpty());
    }

    private static Map<String, String> labels(@Nullable Map<String, String> wire) {
        Map<String, String> labels = new TreeMap<>();
        if (wire != null) {
            wire.forEach((name, value) -> labels.put(name, text(value)));
        }
        return Map.copyOf(labels);
    }

    private static Set<Port> ports(@Nullable Map<String, OciConfig.Present> wire) {
        if (wire == null) {
            return Set.of();
        }
        return wire.keySet().stream()
                .flatMap(text -> PortRange.parse(text).orElseThrow(() -> badPort(text)).ports().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static EngineException badPort(String text) {
        return invalid("config.ExposedPorts: '" + text + "' is not " + PortRange.FORM);
    }

    private static Set<String> volumes(@Nullable Map<String, OciConfig.Present> wire) {
        Set<String> volumes = new TreeSet<>();
        if (wire != null) {
            for (String path : wire.keySet()) {
                if (!path.startsWith("/") || List.of(path.split("/")).contains("..")) {
                    throw invalid("config.Volumes: '" + path + "' is not an absolute path without '..'");
                }
                volumes.add(path);
            }
        }
        return Set.copyOf(volumes);
    }

    private static Optional<Healthcheck> healthcheck(OciConfig.Health wire) {
        List<String> test = list("config.Healthcheck.Test", wire.test());
        if (test.isEmpty()) {
            return Optional.empty();
        }
        if (!Set.of("NONE", "CMD", "CMD-SHELL").contains(test.getFirst())) {
            throw invalid("config.Healthcheck.Test: starts with '" + test.getFirst()
                    + "'; allowed are NONE, CMD and CMD-SHELL");
        }
        if (wire.retries() < 0) {
            throw invalid("config.Healthcheck.Retries: must not be negative: " + wire.retries());
        }
        return Optional.of(new Healthcheck(
                test,
                duration("Interval", wire.interval()),
                duration("Timeout", wire.timeout()),
                duration("StartPeriod", wire.startPeriod()),
                duration("StartInterval", wire.startInterval()),
                wire.retries()));
    }

    private static Duration duration(String field, long nanos) {
        if (nanos < 0) {
            throw invalid("config.Healthcheck." + field + ": must not be negative: " + nanos);
        }
        return Duration.ofNanos(nanos);
    }

    private static Instant created(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return Instant.EPOCH;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            EngineException invalid = invalid("created: '" + text + "' is not a time as RFC 3339 writes it");
            invalid.addSuppressed(e);
            throw invalid;
        }
    }

    private static List<String> diffIds(OciConfig.@Nullable RootFs rootfs) {
        if (rootfs == null) {
            throw invalid("rootfs: is missing");
        }
        List<String> diffIds = list("rootfs.diff_ids", rootfs.diffIds());
        if (diffIds.size() > MOST_LAYERS) {
            throw invalid("rootfs.diff_ids: " + diffIds.size() + " layers; at most " + MOST_LAYERS + " are allowed");
        }
        for (String diffId : diffIds) {
            if (!Sha256.isDigest(diffId)) {
                throw invalid("rootfs.diff_ids: '" + diffId + "' is not sha256: and 64 hexadecimal digits");
            }
        }
        return diffIds;
    }

    /** Docker's own field, else that of the last step, which is where {@code docker commit} and builders write it. */
    private static String comment(OciConfig wire) {
        List<OciConfig.History> history = wire.history();
        String comment = text(wire.comment());
        return comment.isEmpty() && history != null && !history.isEmpty()
                ? text(history.getLast().comment())
                : comment;
    }

    private static List<String> list(String field, @Nullable Collection<String> values) {
        if (values == null) {
            return List.of();
        }
        if (values.stream().anyMatch(Objects::isNull)) {
            throw invalid(field + ": has a null element");
        }
        return List.copyOf(values);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static EngineException invalid(String why) {
        return new EngineException.InvalidParameter("the image's configuration is not valid: " + why);
    }
}
