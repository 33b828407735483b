package dev.dormouse.units.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Which clients a service is woken for, and lets in while it is awake. What is empty asks for nothing.
 *
 * @param from networks that they come from; unix sockets have none, and ask for nothing
 * @param sni names that they ask for in a TLS handshake
 * @param hosts that they ask for in HTTP
 * @param paths that they ask for in HTTP
 * @param minBytes that they must have sent, 1 to {@link #MOST_BYTES}
 */
public record WakeFilter(
        List<SourceNetwork> from,
        List<HostPattern> sni,
        List<HostPattern> hosts,
        List<PathPrefix> paths,
        OptionalInt minBytes) {
    /** As many of a client's first bytes are looked at. */
    public static final int MOST_BYTES = 16 * 1024;

    /** Everyone is let in. */
    public static final WakeFilter NONE =
            new WakeFilter(List.of(), List.of(), List.of(), List.of(), OptionalInt.empty());

    /** @throws DeclarationException if the number of bytes is out of range */
    public WakeFilter {
        from = List.copyOf(from);
        sni = List.copyOf(sni);
        hosts = List.copyOf(hosts);
        paths = List.copyOf(paths);
        minBytes.ifPresent(bytes -> {
            if (bytes < 1 || bytes > MOST_BYTES) {
                throw new DeclarationException(bytes + " is not a number of bytes from 1 to " + MOST_BYTES);
            }
        });
    }

    /** Whether everyone is let in. */
    public boolean isEmpty() {
        return equals(NONE);
    }

    /** Whether a client must speak first, as its bytes decide. */
    public boolean readsBytes() {
        return minBytes.isPresent() || readsTls() || readsHttp();
    }

    /** Whether a TLS handshake decides. */
    public boolean readsTls() {
        return !sni.isEmpty();
    }

    /** Whether an HTTP request decides. */
    public boolean readsHttp() {
        return !hosts.isEmpty() || !paths.isEmpty();
    }

    /** As the service's file has it. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        put(fields, "allowFrom", from);
        put(fields, "allowSni", sni);
        put(fields, "allowHost", hosts);
        put(fields, "allowPath", paths);
        minBytes.ifPresent(bytes -> fields.put("minBytes", bytes));
        return fields;
    }

    private static void put(Map<String, Object> fields, String name, List<?> values) {
        if (!values.isEmpty()) {
            fields.put(name, values.stream().map(Object::toString).toList());
        }
    }
}
