package dev.dormouse.daemon.network.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.daemon.network.Attachment;
import dev.dormouse.daemon.network.Attachments;
import dev.dormouse.daemon.spec.ContainerId;
import dev.dormouse.daemon.spec.Port;
import dev.dormouse.daemon.spec.PublishedPort;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On what the programs of Debian 12 and 13 print for one container with 8099 to 80/tcp and 127.0.0.1:8098 to 81/udp. */
class FirewallRulesTest {
    private static final String NFT_1_14 = """
            chain POSTROUTING {
            ip saddr 172.29.0.0/16 jump nv_bbbbbbbb_172_29_0_0_nm16
            chain NETAVARK-HOSTPORT-DNAT {
            tcp dport 8099 jump nv_bbbbbbbb_172_29_0_0_nm16_dnat
            ip daddr 127.0.0.1 udp dport 8098 jump nv_bbbbbbbb_172_29_0_0_nm16_dnat
            chain nv_bbbbbbbb_172_29_0_0_nm16_dnat {
            ip saddr 172.29.0.0/16 tcp dport 8099 jump NETAVARK-HOSTPORT-SETMARK
            ip saddr 127.0.0.1 tcp dport 8099 jump NETAVARK-HOSTPORT-SETMARK
            tcp dport 8099 dnat ip to 172.29.0.2:80
            ip saddr 127.0.0.1 ip daddr 127.0.0.1 udp dport 8098 jump NETAVARK-HOSTPORT-SETMARK
            ip daddr 127.0.0.1 udp dport 8098 dnat ip to 172.29.0.2:81""";
    private static final String IPTABLES_1_4 = """
            -A POSTROUTING -s 172.29.0.0/16 -j NETAVARK-7D24D33E39064
            -A NETAVARK-DN-7D24D33E39064 -s 172.29.0.0/16 -p tcp -m tcp --dport 8099 -j NETAVARK-HOSTPORT-SETMARK
            -A NETAVARK-DN-7D24D33E39064 -p tcp -m tcp --dport 8099 -j DNAT --to-destination 172.29.0.2:80
            -A NETAVARK-DN-7D24D33E39064 -d 127.0.0.1/32 -p udp -m udp --dport 8098 -j DNAT --to-destination 172.29.0.2:81""";
    private static final String NFT_OF_IPTABLES = """
            ip saddr 172.29.0.0/16 counter packets 0 bytes 0 jump NETAVARK-7D24D33E39064
            ip saddr 172.29.0.0/16 tcp dport 8099 counter packets 0 bytes 0 jump NETAVARK-HOSTPORT-SETMARK
            tcp dport 8099 counter packets 3 bytes 180 dnat to 172.29.0.2:80
            ip daddr 127.0.0.1 udp dport 8098 counter packets 0 bytes 0 dnat to 172.29.0.2:81""";

    @ParameterizedTest
    @ValueSource(strings = {NFT_1_14, IPTABLES_1_4, NFT_OF_IPTABLES})
    void aRuleIsKnownByProtocolPortAndTarget(String text) {
        FirewallRules rules = new FirewallRules(text.lines().toList());
        LiveSandbox sandbox = sandbox("172.29.0.2");
        assertThat(rules.masquerades(place("172.29.0.2"))).isTrue();
        assertThat(rules.publishes(sandbox, port(8099, 80, Port.Protocol.TCP))).isTrue();
        assertThat(rules.publishes(sandbox, port(8098, 81, Port.Protocol.UDP))).isTrue();
        assertThat(rules.publishes(sandbox, port(8099, 80, Port.Protocol.UDP))).isFalse();
        assertThat(rules.publishes(sandbox, port(8099, 8, Port.Protocol.TCP))).isFalse();
        assertThat(rules.publishes(sandbox, port(809, 80, Port.Protocol.TCP))).isFalse();
        assertThat(rules.publishes(sandbox("172.29.0.22"), port(8099, 80, Port.Protocol.TCP)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {NFT_1_14, IPTABLES_1_4, NFT_OF_IPTABLES})
    void theNetworksOwnRuleIsNotTakenForOneOfAPort(String text) {
        FirewallRules flushed = new FirewallRules(
                text.lines().filter(line -> line.contains("dport")).toList());
        assertThat(flushed.masquerades(place("172.29.0.2"))).isFalse();
    }

    private static LiveSandbox sandbox(String address) {
        Attachment place = place(address);
        return new LiveSandbox(new ContainerId("a".repeat(64)), "web", List.of(place), List.of());
    }

    private static Attachment place(String address) {
        return Attachments.on(Attachments.network("bridge", "172.29.0.0/16"), address);
    }

    private static PublishedPort port(int host, int container, Port.Protocol protocol) {
        return new PublishedPort(new Port(container, protocol), "", host);
    }
}
