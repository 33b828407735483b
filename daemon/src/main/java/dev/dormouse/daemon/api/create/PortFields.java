package dev.dormouse.daemon.api.create;

import static dev.dormouse.daemon.api.create.CreateRequest.invalid;

import dev.dormouse.daemon.api.wire.CreateBody;
import dev.dormouse.daemon.container.NetworkMode;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.spec.Port;
import dev.dormouse.daemon.spec.PublishedPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code ExposedPorts} and {@code HostConfig.PortBindings}. */
final class PortFields {
    private static final Pattern PORT = Pattern.compile("(\\d{1,5})(?:/([A-Za-z]+))?");

    private PortFields() {}

    /** {@code 80/tcp}; without a protocol, TCP. */
    static Port port(String text) {
        Matcher form = PORT.matcher(text);
        if (form.matches()) {
            int number = Integer.parseInt(form.group(1));
            String protocol = form.group(2) == null ? "tcp" : form.group(2).toLowerCase(Locale.ROOT);
            for (Port.Protocol known : Port.Protocol.values()) {
                if (known.lowerCase().equals(protocol) && number >= 1 && number <= 65_535) {
                    return new Port(number, known);
                }
            }
        }
        throw invalid("a port", "1 to 65535 with /tcp, /udp or /sctp", text);
    }

    static List<PublishedPort> published(
            @Nullable Map<String, @Nullable List<CreateBody.PortBinding>> bindings, NetworkMode network) {
        List<PublishedPort> published = new ArrayList<>();
        if (bindings == null) {
            return published;
        }
        new TreeMap<>(bindings).forEach((text, hosts) -> {
            Port port = port(text);
            for (CreateBody.PortBinding host : CreateRequest.list(hosts)) {
                published.add(new PublishedPort(
                        port,
                        Addresses.literal(
                                "HostConfig.PortBindings." + text + ".HostIp", CreateRequest.text(host.hostIp())),
                        hostPort(text, CreateRequest.text(host.hostPort()))));
            }
        });
        if (!published.isEmpty() && !network.isBridged()) {
            throw new EngineException.InvalidParameter(
                    "HostConfig.PortBindings: ports are published on bridge networks only, not with network "
                            + network);
        }
        return List.copyOf(published);
    }

    /** Empty or 0 asks for a free one, which the engine picks at create time. */
    private static int hostPort(String port, String text) {
        if (text.isEmpty()) {
            return 0;
        }
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65_535) {
            throw invalid("HostConfig.PortBindings." + port + ".HostPort", "one port, 0 to 65535", text);
        }
        return Integer.parseInt(text);
    }
}
