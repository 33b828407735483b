package dev.dormouse.daemon.api;

import dev.dormouse.daemon.api.wire.StateView;
import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.ContainerState;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.image.Image;
import dev.dormouse.daemon.image.Images;
import dev.dormouse.daemon.lifecycle.Containers;
import dev.dormouse.daemon.spec.Port;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Filters of {@code GET /containers/json}. */
record ContainerFilter(
        Filters filters,
        boolean all,
        List<Pattern> names,
        Set<String> ancestors,
        Optional<Instant> before,
        Optional<Instant> since)
        implements Predicate<Containers.Container> {
    private static final Set<String> ALLOWED = Set.of(
            "id",
            "name",
            "status",
            "label",
            "ancestor",
            "exited",
            "before",
            "since",
            "publish",
            "expose",
            "network",
            "health");
    private static final Set<String> STATES =
            Set.of("created", "running", "exited", "paused", "restarting", "removing", "dead");

    /** Docker's word for a container without a health check, or before its first start. */
    private static final String NO_HEALTH = "none";

    private static final Set<String> HEALTH = Set.of(NO_HEALTH, "starting", "healthy", "unhealthy");

    static ContainerFilter of(Call call, List<Containers.Container> containers, Images images) {
        Filters filters = Filters.of(call, ALLOWED);
        for (String status : filters.all("status")) {
            if (!STATES.contains(status)) {
                throw new EngineException.InvalidParameter(
                        "filter 'status' must be one of " + new java.util.TreeSet<>(STATES) + ", not '" + status + "'");
            }
        }
        for (String health : filters.all("health")) {
            if (!HEALTH.contains(health.toLowerCase(Locale.ROOT))) {
                throw new EngineException.InvalidParameter(
                        "filter 'health' must be one of " + new java.util.TreeSet<>(HEALTH) + ", not '" + health + "'");
            }
        }
        filters.all("exited").forEach(ContainerFilter::exitCode);
        // As dockerd: a limit, or a filter on what has ended, means all containers.
        boolean all = call.query().flag("all")
                || call.number("limit").orElse(0) > 0
                || Stream.of("status", "exited", "before", "since").anyMatch(filters::has);
        return new ContainerFilter(
                filters,
                all,
                filters.all("name").stream().map(ContainerFilter::pattern).toList(),
                ancestors(filters, images),
                created(filters, "before", containers),
                created(filters, "since", containers));
    }

    @Override
    public boolean test(Containers.Container container) {
        ContainerRecord record = container.record();
        return (all || StateView.of(container.state()).running())
                && filters.any("id", record.id().value()::startsWith)
                && (names.isEmpty() || names.stream().anyMatch(name -> named(name, record)))
                && filters.any("status", StateView.of(container.state()).status()::equals)
                && filters.any("health", health(container)::equalsIgnoreCase)
                && filters.any(
                        "exited",
                        code -> container.state() instanceof ContainerState.Exited exited
                                && exited.exitCode() == exitCode(code))
                && filters.labels(record.config().labels())
                && (!filters.has("ancestor")
                        || ancestors.contains(record.image().toString()))
                && before.map(moment -> record.created().isBefore(moment)).orElse(true)
                && since.map(moment -> record.created().isAfter(moment)).orElse(true)
                && filters.any(
                        "network",
                        network -> network.equals(
                                        record.hostConfig().networkMode().name())
                                || record.networks().stream()
                                        .anyMatch(
                                                place -> place.network().name().equals(network)
                                                        || place.network().id().startsWith(network)))
                && filters.any(
                        "publish",
                        port -> record.hostConfig().publishedPorts().stream()
                                .anyMatch(published ->
                                        PortRange.of("publish", port).contains(published.container())))
                && filters.any(
                        "expose",
                        port -> record.config().exposedPorts().stream()
                                .anyMatch(PortRange.of("expose", port)::contains));
    }

    private static String health(Containers.Container container) {
        return container.health().map(health -> health.status().word()).orElse(NO_HEALTH);
    }

    /** As dockerd: the pattern may match the name with its slash or without. */
    private static boolean named(Pattern name, ContainerRecord record) {
        return name.matcher("/" + record.name()).find()
                || name.matcher(record.name()).find();
    }

    private static Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new EngineException.InvalidParameter(
                    "filter 'name' must be a regular expression: " + e.getDescription() + " in '" + text + "'");
        }
    }

    private static int exitCode(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException _) {
            throw new EngineException.InvalidParameter("filter 'exited' must be an exit code, not '" + text + "'");
        }
    }

    /** Ids of the images that are named; one that does not exist has no containers. */
    private static Set<String> ancestors(Filters filters, Images images) {
        return filters.all("ancestor").stream()
                .flatMap(reference -> image(images, reference).stream())
                .map(image -> image.id().toString())
                .collect(java.util.stream.Collectors.toUnmodifiableSet());
    }

    private static Optional<Image> image(Images images, String reference) {
        try {
            return Optional.of(images.get(reference));
        } catch (EngineException.NotFound _) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> created(Filters filters, String key, List<Containers.Container> containers) {
        return filters.all(key).stream()
                .findFirst()
                .map(reference -> containers.stream()
                        .map(Containers.Container::record)
                        .filter(record -> record.name().equals(reference)
                                || ("/" + record.name()).equals(reference)
                                || record.id().value().startsWith(reference))
                        .findFirst()
                        .map(ContainerRecord::created)
                        .orElseThrow(() -> new EngineException.NotFound("No such container: " + reference)));
    }

    /** {@code 80}, {@code 80/udp} or {@code 80-90/tcp}. */
    private record PortRange(int first, int last, String protocol) {
        private static final Pattern FORM = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?(?:/(tcp|udp|sctp))?");

        static PortRange of(String filter, String text) {
            var form = FORM.matcher(text);
            if (!form.matches()) {
                throw new EngineException.InvalidParameter(
                        "filter '" + filter + "' must look like 80, 80/udp or 80-90/tcp, not '" + text + "'");
            }
            int first = Integer.parseInt(form.group(1));
            int last = form.group(2) == null ? first : Integer.parseInt(form.group(2));
            return new PortRange(first, last, form.group(3) == null ? "tcp" : form.group(3));
        }

        boolean contains(Port port) {
            return port.number() >= first
                    && port.number() <= last
                    && port.protocol().lowerCase().equals(protocol);
        }
    }
}
