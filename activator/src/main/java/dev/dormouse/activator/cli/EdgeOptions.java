package dev.dormouse.activator.cli;

import dev.dormouse.activator.config.ServiceConfig;
import dev.dormouse.units.service.Edge;
import dev.dormouse.units.service.HostPattern;
import dev.dormouse.units.service.PathPrefix;
import dev.dormouse.units.service.ProxyProtocol;
import dev.dormouse.units.service.SourceNetwork;
import dev.dormouse.units.service.WakeFilter;
import dev.dormouse.waitport.DurationText;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Those options of {@code dormouse enable} that say how a service meets its clients. */
final class EdgeOptions {
    @Option(
            names = "--allow-from",
            split = ",",
            paramLabel = "NETWORK",
            description = "Only clients of these networks, as 192.0.2.0/24 or 2001:db8::/32; the others are closed at"
                    + " once and wake nothing; repeatable.")
    private List<String> from = List.of();

    @Option(
            names = "--allow-sni",
            split = ",",
            paramLabel = "NAME",
            description = "Only TLS clients that ask for this name, or with *.NAME one below it; repeatable.")
    private List<String> sni = List.of();

    @Option(
            names = "--allow-host",
            split = ",",
            paramLabel = "NAME",
            description = "Only HTTP requests for this host, or with *.NAME one below it; repeatable.")
    private List<String> hosts = List.of();

    @Option(
            names = "--allow-path",
            split = ",",
            paramLabel = "PATH",
            description = "Only HTTP requests for this path and what is below it; repeatable.")
    private List<String> paths = List.of();

    @Option(
            names = "--min-bytes",
            paramLabel = "N",
            description = "Only clients that have sent so many bytes within 10 s, 1 to 16384.")
    private @Nullable Integer minBytes;

    @Option(
            names = "--waiting-page",
            paramLabel = "TIME",
            description = "Tell an HTTP client that has waited for this time to come again, 0s to 1m: a browser by a"
                    + " page that does so itself (default: it waits on).")
    private @Nullable String waitingPage;

    @Option(
            names = "--proxy-protocol",
            paramLabel = "VERSION",
            description = "Tell the container each client's address by the PROXY protocol, v1 or v2.")
    private @Nullable String proxyProtocol;

    @Option(
            names = "--udp-timeout",
            paramLabel = "TIME",
            description = "A UDP client's session ends after this time without a datagram, 1s to 24h (default: 30s).")
    private @Nullable String udpTimeout;

    /**
     * What was asked for.
     *
     * @throws CommandException naming the option and what is allowed
     * @throws IllegalArgumentException if a time is none
     */
    Edge edge() {
        WakeFilter filter = new WakeFilter(
                list("--allow-from", from, SourceNetwork::parse),
                list("--allow-sni", sni, HostPattern::parse),
                list("--allow-host", hosts, HostPattern::parse),
                list("--allow-path", paths, PathPrefix::parse),
                minBytes == null ? OptionalInt.empty() : OptionalInt.of(bytes(minBytes)));
        return new Edge(
                filter,
                Optional.ofNullable(waitingPage)
                        .map(text -> DurationText.format(ServiceConfig.waitingPage("--waiting-page", text))),
                Optional.ofNullable(proxyProtocol)
                        .map(text -> OptionText.checked("--proxy-protocol", text, ProxyProtocol::parse)),
                Optional.ofNullable(udpTimeout)
                        .map(text -> DurationText.format(ServiceConfig.udpTimeout("--udp-timeout", text))));
    }

    private static int bytes(int bytes) {
        if (bytes < 1 || bytes > WakeFilter.MOST_BYTES) {
            throw new CommandException(
                    "--min-bytes: " + bytes + " is not a number of bytes from 1 to " + WakeFilter.MOST_BYTES);
        }
        return bytes;
    }

    private static <T> List<T> list(String option, List<String> texts, Function<String, T> parse) {
        return texts.stream()
                .map(text -> OptionText.checked(option, text, parse))
                .distinct()
                .toList();
    }
}
