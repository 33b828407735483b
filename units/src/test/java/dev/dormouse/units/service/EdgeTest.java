package dev.dormouse.units.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeTest {
    @Test
    void aNetworkHoldsItsAddressesAndNoOthers() {
        SourceNetwork network = SourceNetwork.parse("192.0.2.128/25");
        assertThat(network.contains(InetAddress.ofLiteral("192.0.2.129"))).isTrue();
        assertThat(network.contains(InetAddress.ofLiteral("::ffff:192.0.2.129")))
                .isTrue();
        assertThat(network.contains(InetAddress.ofLiteral("192.0.2.127"))).isFalse();
        assertThat(network.contains(InetAddress.ofLiteral("2001:db8::1"))).isFalse();
        assertThat(SourceNetwork.parse("0.0.0.0/0").contains(InetAddress.ofLiteral("8.8.8.8")))
                .isTrue();
        assertThat(SourceNetwork.parse("2001:db8::1")).hasToString("2001:db8:0:0:0:0:0:1/128");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "10.1/16",
                "192.0.2.0/33",
                "192.0.2.0/",
                "192.0.2.0/-1",
                "[::1]/128",
                "fe80::1%1",
                "a.example"
            })
    void whatIsNoNetworkIsRefused(String text) {
        assertThatThrownBy(() -> SourceNetwork.parse(text))
                .isInstanceOf(DeclarationException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @Test
    void bitsBehindThePrefixAreTakenForATypingError() {
        assertThatThrownBy(() -> SourceNetwork.parse("192.0.2.1/24"))
                .hasMessageEndingWith("the network is 192.0.2.0/24");
    }

    @Test
    void aHostIsItselfOrAllBelowIt() {
        assertThat(HostPattern.parse("Shop.example").matches("shop.example")).isTrue();
        assertThat(HostPattern.parse("shop.example").matches("a.shop.example")).isFalse();
        assertThat(HostPattern.parse("*.shop.example").matches("a.b.shop.example"))
                .isTrue();
        assertThat(HostPattern.parse("*.shop.example").matches("shop.example")).isFalse();
        assertThat(HostPattern.parse("*.shop.example").matches(".shop.example")).isFalse();
        assertThatThrownBy(() -> HostPattern.parse("shop.example:80")).hasMessageContaining("without port");
        assertThatThrownBy(() -> HostPattern.parse("a.*.example")).isInstanceOf(DeclarationException.class);
    }

    @Test
    void aPathIsItselfAndWhatIsBelowIt() {
        assertThat(PathPrefix.parse("/a").matches("/a")).isTrue();
        assertThat(PathPrefix.parse("/a").matches("/a/b")).isTrue();
        assertThat(PathPrefix.parse("/a").matches("/a?b")).isTrue();
        assertThat(PathPrefix.parse("/a").matches("/ab")).isFalse();
        assertThat(PathPrefix.parse("/a/").matches("/a/b")).isTrue();
        assertThat(PathPrefix.parse("/a/").matches("/a")).isFalse();
        assertThatThrownBy(() -> PathPrefix.parse("a")).hasMessageContaining("begins with a slash");
    }

    @Test
    void whatCannotGoTogetherIsRefused() {
        WakeFilter filter = new WakeFilter(List.of(), List.of(), List.of(), List.of(), OptionalInt.of(1));
        assertThatThrownBy(() -> declaration(
                        "listening", Optional.of("shop"), new Edge(filter, Optional.empty(), Optional.empty())))
                .isInstanceOf(DeclarationException.class)
                .hasMessageContaining("group");
        assertThatThrownBy(() -> declaration(
                        "http:/",
                        Optional.empty(),
                        new Edge(WakeFilter.NONE, Optional.empty(), Optional.of(ProxyProtocol.V2))))
                .isInstanceOf(DeclarationException.class)
                .hasMessageContaining("ready http:/ does not go with the PROXY protocol");
    }

    @Test
    void aFilterLetsNothingBeWokenByAConnectionAlone() {
        WakeFilter filter = new WakeFilter(
                List.of(SourceNetwork.parse("10.0.0.0/8")),
                List.of(HostPattern.parse("*.a.example")),
                List.of(),
                List.of(PathPrefix.parse("/x")),
                OptionalInt.of(7));
        ServiceDeclaration service = declaration(
                "listening", Optional.empty(), new Edge(filter, Optional.of("1s"), Optional.of(ProxyProtocol.V2)));

        assertThat(DropIns.of(service).get("dormouse-proxy@web.service.d/wake.conf"))
                .contains("Wants=dormouse-proxy@web.socket")
                .doesNotContain("dormouse-container@");
        assertThat(service.withPaused(true).fields())
                .containsAllEntriesOf(Map.of(
                        "allowFrom",
                        List.of("10.0.0.0/8"),
                        "allowSni",
                        List.of("*.a.example"),
                        "allowPath",
                        List.of("/x"),
                        "minBytes",
                        7,
                        "waitingPage",
                        "1s",
                        "proxyProtocol",
                        "v2"))
                .doesNotContainKey("allowHost");
    }

    private static ServiceDeclaration declaration(String ready, Optional<String> group, Edge edge) {
        return new ServiceDeclaration(
                "web",
                new ServiceDeclaration.Target("web", 80, ready),
                new ServiceDeclaration.Front(List.of(ListenAddress.parse("80")), SocketAccess.STANDARD),
                new ServiceDeclaration.Times("10m", "0s", "1m", SleepRules.NONE),
                ServiceDeclaration.Limits.STANDARD,
                new ServiceDeclaration.Bonds(List.of(), group),
                ServiceDeclaration.Origin.ENABLE,
                false,
                edge);
    }
}
