package dev.dormouse.units.service;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a service meets its clients.
 *
 * @param filter whom it is woken for
 * @param waitingPage a client that speaks HTTP and has waited for this time is told to come again; absent: it waits on. Who makes this has
 *     checked it
 * @param proxyProtocol how the container is told of each client's address; absent: not at all
 * @param udpTimeout a session of a UDP socket ends after this time without traffic; absent: the standard. Who makes this has checked it
 */
public record Edge(
        WakeFilter filter,
        Optional<String> waitingPage,
        Optional<ProxyProtocol> proxyProtocol,
        Optional<String> udpTimeout) {
    /** Everyone is let in, and waits; the container sees the address of this machine alone. */
    public static final Edge PLAIN = new Edge(WakeFilter.NONE, Optional.empty(), Optional.empty());

    /** Without a UDP socket. */
    public Edge(WakeFilter filter, Optional<String> waitingPage, Optional<ProxyProtocol> proxyProtocol) {
        this(filter, waitingPage, proxyProtocol, Optional.empty());
    }

    /** As the service's file has it. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>(filter.fields());
        waitingPage.ifPresent(time -> fields.put("waitingPage", time));
        proxyProtocol.ifPresent(version -> fields.put("proxyProtocol", version.word()));
        udpTimeout.ifPresent(time -> fields.put("udpTimeout", time));
        return fields;
    }

    /** What cannot go together. */
    void checkWith(ServiceDeclaration.Target target, ServiceDeclaration.Bonds bonds) {
        if (!filter.isEmpty() && bonds.group().isPresent()) {
            throw new DeclarationException(
                    "a service that lets in some clients only cannot be in a group, which systemd wakes at any"
                            + " connection; name the others with after");
        }
        if (proxyProtocol.isPresent() && target.ready().startsWith("http:")) {
            throw new DeclarationException(
                    "ready " + target.ready()
                            + " does not go with the PROXY protocol: the probe is no client and sends no header; use listening");
        }
    }
}
