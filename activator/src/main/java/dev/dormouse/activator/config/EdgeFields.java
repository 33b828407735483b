package dev.dormouse.activator.config;

import dev.dormouse.units.service.Edge;
import dev.dormouse.units.service.HostPattern;
import dev.dormouse.units.service.PathPrefix;
import dev.dormouse.units.service.ProxyProtocol;
import dev.dormouse.units.service.SourceNetwork;
import dev.dormouse.units.service.WakeFilter;
import dev.dormouse.waitport.DurationText;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/** Those fields of a service's file that say how it meets its clients. */
final class EdgeFields {
    private EdgeFields() {}

    static Edge read(JsonFields fields) {
        WakeFilter filter = new WakeFilter(
                list(fields, "allowFrom", SourceNetwork::parse),
                list(fields, "allowSni", HostPattern::parse),
                list(fields, "allowHost", HostPattern::parse),
                list(fields, "allowPath", PathPrefix::parse),
                fields.optionalNumber("minBytes", 1, WakeFilter.MOST_BYTES)
                        .map(number -> OptionalInt.of(number.intValue()))
                        .orElseGet(OptionalInt::empty));
        return new Edge(
                filter,
                fields.optionalText("waitingPage")
                        .map(text -> DurationText.format(ServiceConfig.waitingPage("waitingPage", text))),
                fields.optionalText("proxyProtocol")
                        .map(text -> fields.checked("proxyProtocol", text, ProxyProtocol::parse)),
                fields.optionalText("udpTimeout")
                        .map(text -> DurationText.format(ServiceConfig.udpTimeout("udpTimeout", text))));
    }

    private static <T> List<T> list(JsonFields fields, String name, Function<String, T> parse) {
        return fields.optionalTexts(name).stream()
                .map(text -> fields.checked(name, text, parse))
                .toList();
    }
}
