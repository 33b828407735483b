package dev.dormouse.daemon.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.daemon.spec.ContainerId;
import dev.dormouse.daemon.spec.Port;
import dev.dormouse.daemon.spec.Port.Protocol;
import dev.dormouse.daemon.spec.PublishedPort;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class NetavarkOptionsTest {
    @Test
    void theDocumentSaysWhatNetavarkReads() {
        ContainerId id = ContainerId.random();
        Attachment bridge = Attachments.onBridge("172.17.0.9");
        Attachment shop = Attachments.on(Attachments.network("shop", "172.18.0.0/16"), "172.18.0.2", "www");
        JsonNode document = read(NetavarkOptions.of(
                id,
                "web",
                List.of("abc"),
                List.of(bridge, shop),
                List.of(new PublishedPort(new Port(80, Protocol.TCP), "127.0.0.1", 8080)),
                List.of("192.0.2.1")));
        assertThat(document.at("/container_id").asString()).isEqualTo(id.value());
        assertThat(document.at("/container_name").asString()).isEqualTo("web");
        assertThat(document.at("/networks/bridge/static_ips/0").asString()).isEqualTo("172.17.0.9");
        assertThat(document.at("/networks/bridge/interface_name").asString()).isEqualTo("eth0");
        assertThat(document.at("/network_info/bridge/subnets/0/subnet").asString())
                .isEqualTo("172.17.0.0/16");
        assertThat(document.at("/network_info/bridge/network_interface").asString())
                .isEqualTo("dormouse0");
        assertThat(document.at("/network_info/bridge/dns_enabled").asBoolean()).isFalse();
        assertThat(document.at("/port_mappings/0/host_ip").asString()).isEqualTo("127.0.0.1");
        assertThat(document.at("/port_mappings/0/host_port").asInt()).isEqualTo(8080);
        assertThat(document.at("/port_mappings/0/container_port").asInt()).isEqualTo(80);
        assertThat(document.at("/port_mappings/0/protocol").asString()).isEqualTo("tcp");
        String name = shop.network().id();
        assertThat(document.at("/networks/bridge/aliases").isMissingNode()).isTrue();
        assertThat(document.at("/networks/" + name + "/aliases").toString()).isEqualTo("[\"www\",\"abc\"]");
        assertThat(document.at("/network_info/" + name + "/dns_enabled").asBoolean())
                .isTrue();
        assertThat(document.at("/network_info/" + name + "/name").asString()).isEqualTo(name);
        assertThat(document.at("/network_info/" + name + "/options/isolate").asString())
                .isEqualTo("true");
        assertThat(document.at("/dns_servers").toString()).isEqualTo("[\"192.0.2.1\"]");
    }

    @Test
    void theDefaultNetworksDocumentIsAsItWasWhenThereWasNoOther() {
        assertThat(NetavarkOptions.of(
                                new ContainerId("a".repeat(64)),
                                "web",
                                List.of("abc"),
                                List.of(Attachments.onBridge("172.17.0.9")),
                                List.of(),
                                List.of("192.0.2.1"))
                        .json())
                .doesNotContain("options\":{\"isolate", "aliases", "dns_servers", "true");
    }

    @Test
    void whoMakesRulesAgainRegistersNoNames() {
        Attachment shop = Attachments.on(Attachments.network("shop", "172.18.0.0/16"), "172.18.0.2");
        JsonNode document =
                read(NetavarkOptions.of(ContainerId.random(), "web", List.of(), List.of(shop), List.of(), List.of())
                        .withoutNames());
        assertThat(document.at("/network_info/" + shop.network().id() + "/dns_enabled")
                        .asBoolean())
                .isFalse();
    }

    private static JsonNode read(NetavarkOptions options) {
        return JsonMapper.shared().readTree(options.json());
    }
}
