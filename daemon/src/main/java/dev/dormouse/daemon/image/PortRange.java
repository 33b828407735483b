package dev.dormouse.daemon.image;

import dev.dormouse.daemon.spec.Port;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What EXPOSE takes: {@code 80}, {@code 80/udp}, {@code 8000-8010/tcp}. */
record PortRange(int first, int last, Port.Protocol protocol) {
    /** For errors: what is allowed. */
    static final String FORM = "PORT[-LAST][/tcp|/udp|/sctp], each port 1 to 65535";

    private static final Pattern SYNTAX = Pattern.compile(
            "(?<first>[0-9]{1,5})(?:-(?<last>[0-9]{1,5}))?(?:/(?<protocol>tcp|udp|sctp|TCP|UDP|SCTP))?");
    private static final int HIGHEST = 65_535;

    static Optional<PortRange> parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int first = Integer.parseInt(matcher.group("first"));
        String end = matcher.group("last");
        int last = end == null ? first : Integer.parseInt(end);
        String protocol = matcher.group("protocol");
        if (first < 1 || last < first || last > HIGHEST) {
            return Optional.empty();
        }
        return Optional.of(new PortRange(
                first,
                last,
                protocol == null ? Port.Protocol.TCP : Port.Protocol.valueOf(protocol.toUpperCase(Locale.ROOT))));
    }

    List<Port> ports() {
        return IntStream.rangeClosed(first, last)
                .mapToObj(number -> new Port(number, protocol))
                .toList();
    }
}
