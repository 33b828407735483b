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
        Attachment attachment =
                new Attachment("172.17.0.9", 16, "172.17.0.1", "02:42:ac:11:00:09", "dormouse0", "a".repeat(64));
        JsonNode document = JsonMapper.builder()
                .build()
                .readTree(NetavarkOptions.json(
                        id,
                        "web",
                        attachment,
                        List.of(new PublishedPort(new Port(80, Protocol.TCP), "127.0.0.1", 8080))));
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
    }
}
