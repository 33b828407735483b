package dev.dormouse.units.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DatagramRulesTest {
    private static final Edge UDP_TIMEOUT =
            new Edge(WakeFilter.NONE, Optional.empty(), Optional.empty(), Optional.of("5s"));

    @Test
    void systemdIsToldOfDatagramsAndToNoteWhichAddressIsAsked() {
        assertThat(socket("53/udp", "53/tcp", "[::1]:5353/udp", "/run/x.sock")).isEqualTo("""
                        [Socket]
                        ListenDatagram=53
                        ListenStream=53
                        ListenDatagram=[::1]:5353
                        ListenStream=/run/x.sock
                        PassPacketInfo=yes
                        NoDelay=no
                        """);
        assertThat(socket("53")).isEqualTo("[Socket]\nListenStream=53\n");
    }

    @Test
    void thePortOfEveryIpv6AddressIsKeptApartWithinAProtocolAlone() {
        assertThat(socket("[::]:53/udp", "127.0.0.1:53")).doesNotContain("BindIPv6Only");
        assertThat(socket("[::]:53/udp", "127.0.0.1:53/udp"))
                .contains("BindIPv6Only=ipv6-only\nListenDatagram=[::]:53\nListenDatagram=127.0.0.1:53\n");
    }

    @Test
    void whatDoesNotGoWithDatagramsIsRefusedByName() {
        WakeFilter bytes = new WakeFilter(List.of(), List.of(), List.of(), List.of(), OptionalInt.of(1));
        refused("min-bytes", "auto", new Edge(bytes, Optional.empty(), Optional.empty()), "53", "53/udp");
        refused(
                "proxy-protocol",
                "auto",
                new Edge(WakeFilter.NONE, Optional.empty(), Optional.of(ProxyProtocol.V2)),
                "53",
                "53/udp");
        Edge page = new Edge(WakeFilter.NONE, Optional.of("1s"), Optional.empty());
        refused("waiting-page", "auto", page, "53/udp");
        refused("ready tcp", "tcp", Edge.PLAIN, "53/udp");
        refused("ready http:/", "http:/", Edge.PLAIN, "53/udp");
        refused("udp-timeout", "auto", UDP_TIMEOUT, "53");
    }

    @Test
    void whatGoesWithThemIsTaken() {
        Edge page = new Edge(
                new WakeFilter(
                        List.of(SourceNetwork.parse("10.0.0.0/8")),
                        List.of(),
                        List.of(),
                        List.of(),
                        OptionalInt.empty()),
                Optional.of("1s"),
                Optional.empty());
        assertThat(declaration("http:/", page, "443", "443/udp").fields())
                .containsEntry("listen", List.of("443", "443/udp"));
        assertThat(declaration("listening", UDP_TIMEOUT, "53/udp").fields()).containsEntry("udpTimeout", "5s");
    }

    @Test
    void anImageMayExposeTheOnePortThatIsMeant() {
        ExposedPorts both = new ExposedPorts(List.of(53, 80), List.of(53, 67));
        assertThat(both.meantBy(listen("1"))).containsExactly(53, 80);
        assertThat(both.meantBy(listen("1/udp"))).containsExactly(53, 67);
        assertThat(both.meantBy(listen("1", "1/udp"))).containsExactly(53);
        assertThat(new ExposedPorts(List.of(), List.of(53)).meantBy(listen("1", "1/udp")))
                .containsExactly(53);
        assertThat(ExposedPorts.kind(listen("1"))).isEqualTo("TCP port");
        assertThat(ExposedPorts.kind(listen("1/udp"))).isEqualTo("UDP port");
        assertThat(ExposedPorts.kind(listen("1", "1/udp"))).isEqualTo("port");
    }

    private static void refused(String what, String ready, Edge edge, String... listen) {
        assertThatThrownBy(() -> declaration(ready, edge, listen))
                .isInstanceOf(DeclarationException.class)
                .hasMessageContaining(what)
                .hasMessageContaining("does not go with");
    }

    private static String socket(String... listen) {
        String text = DropIns.of(declaration("auto", Edge.PLAIN, listen))
                .getOrDefault("dormouse-proxy@web.socket.d/listen.conf", "");
        return text.substring(text.indexOf('['));
    }

    private static ServiceDeclaration declaration(String ready, Edge edge, String... listen) {
        return new ServiceDeclaration(
                "web",
                new ServiceDeclaration.Target("web", 80, ready),
                new ServiceDeclaration.Front(listen(listen), SocketAccess.STANDARD),
                new ServiceDeclaration.Times("10m", "0s", "1m", SleepRules.NONE),
                ServiceDeclaration.Limits.STANDARD,
                new ServiceDeclaration.Bonds(List.of(), Optional.empty()),
                ServiceDeclaration.Origin.ENABLE,
                false,
                edge);
    }

    private static List<ListenAddress> listen(String... texts) {
        return Stream.of(texts).map(ListenAddress::parse).toList();
    }
}
