package dev.dormouse.units.service;

import java.util.List;
import java.util.Optional;

/** What does not go with UDP: a datagram has neither a connection before it nor bytes after it. */
final class DatagramRules {
    private DatagramRules() {}

    /** @throws DeclarationException naming the rule and the address that is against it */
    static void check(ServiceDeclaration.Target target, ServiceDeclaration.Front front, Edge edge) {
        List<ListenAddress> udp =
                front.listen().stream().filter(ListenAddress::isUdp).toList();
        if (udp.isEmpty()) {
            refuse(edge.udpTimeout().isPresent(), "udp-timeout", "a service without a UDP address; listen on PORT/udp");
            return;
        }
        String with = "UDP (" + udp.getFirst() + ")";
        refuse(
                edge.filter().readsBytes(),
                "a wake filter by first bytes (allow-sni, allow-host, allow-path, min-bytes)",
                with + ", which wakes by its first datagram; use allow-from");
        refuse(
                edge.proxyProtocol().isPresent(),
                "proxy-protocol",
                with + ", whose datagrams would have no header; declare two services of the container");
        if (udp.size() == front.listen().size()) {
            refuse(edge.waitingPage().isPresent(), "waiting-page", with + ": it is an answer to HTTP");
            Optional<String> probe =
                    Optional.of(target.ready()).filter(ready -> ready.equals("tcp") || ready.startsWith("http:"));
            refuse(
                    probe.isPresent(),
                    "ready " + target.ready(),
                    with + ": it asks a TCP port; use listening, health, command: or log:");
        }
    }

    private static void refuse(boolean asked, String what, String with) {
        if (asked) {
            throw new DeclarationException(what + " does not go with " + with);
        }
    }
}
