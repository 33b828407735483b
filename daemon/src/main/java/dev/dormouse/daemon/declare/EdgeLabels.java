package dev.dormouse.daemon.declare;

import dev.dormouse.units.service.DeclarationException;
import dev.dormouse.units.service.Edge;
import dev.dormouse.units.service.HostPattern;
import dev.dormouse.units.service.PathPrefix;
import dev.dormouse.units.service.ProxyProtocol;
import dev.dormouse.units.service.SourceNetwork;
import dev.dormouse.units.service.WakeFilter;
import dev.dormouse.waitport.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Those labels that say how a service meets its clients. */
final class EdgeLabels {
    /** Without their prefix. */
    static final Set<String> KNOWN = Set.of(
            "allow-from",
            "allow-sni",
            "allow-host",
            "allow-path",
            "min-bytes",
            "waiting-page",
            "proxy-protocol",
            "udp-timeout");

    private static final Duration LONGEST_WAITING = Duration.ofMinutes(1);
    private static final Duration LEAST_SESSION = Duration.ofSeconds(1);
    private static final Duration LONGEST_SESSION = Duration.ofHours(24);

    private EdgeLabels() {}

    /** How a label's text is read, where it is there. */
    interface Source {
        <T> Optional<T> read(String label, Function<String, T> parse);
    }

    static Edge read(Source labels) {
        WakeFilter filter = new WakeFilter(
                list(labels, "allow-from", SourceNetwork::parse),
                list(labels, "allow-sni", HostPattern::parse),
                list(labels, "allow-host", HostPattern::parse),
                list(labels, "allow-path", PathPrefix::parse),
                labels.read("min-bytes", EdgeLabels::bytes).map(OptionalInt::of).orElseGet(OptionalInt::empty));
        return new Edge(
                filter,
                labels.read(
                        "waiting-page",
                        text -> DurationText.format(
                                DurationText.parse("the time", text, Duration.ZERO, LONGEST_WAITING))),
                labels.read("proxy-protocol", ProxyProtocol::parse),
                labels.read(
                        "udp-timeout",
                        text -> DurationText.format(
                                DurationText.parse("the time", text, LEAST_SESSION, LONGEST_SESSION))));
    }

    private static <T> List<T> list(Source labels, String label, Function<String, T> parse) {
        return labels.read(
                        label,
                        text -> Stream.of(text.split(",", -1))
                                .map(part -> parse.apply(part.strip()))
                                .distinct()
                                .toList())
                .orElse(List.of());
    }

    private static int bytes(String text) {
        int bytes = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        if (bytes < 1 || bytes > WakeFilter.MOST_BYTES) {
            throw new DeclarationException(
                    "'" + text + "' is not a number of bytes from 1 to " + WakeFilter.MOST_BYTES);
        }
        return bytes;
    }
}
