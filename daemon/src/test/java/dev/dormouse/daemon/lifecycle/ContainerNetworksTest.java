package dev.dormouse.daemon.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.network.Attachment;
import dev.dormouse.daemon.network.Endpoint;
import dev.dormouse.daemon.network.NetworkRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerNetworksTest {
    @TempDir
    Path folder;

    private Engine engine;
    private ContainerRecord web;

    @BeforeEach
    void begin() {
        engine = Engine.in(folder);
        engine.containers.networking().create(shop());
        web = engine.create("web");
    }

    @AfterEach
    void end() throws IOException {
        engine.close();
    }

    @Test
    void aStoppedContainerIsOnTheNetworkWhenItStarts() {
        engine.containers.networking().connect("web", Endpoint.on("shop"));
        assertThat(record().networks()).extracting(Attachment::interfaceName).containsExactly("eth0", "eth1");
        assertThat(engine.runtime.connected).isEmpty();
        assertThat(engine.networks.holders("shop")).containsExactly(web.id());
    }

    @Test
    void aRunningContainerIsOnItAtOnceAndOffItAtOnce() {
        engine.containers.start("web");
        engine.containers.networking().connect("web", Endpoint.on("shop"));
        engine.containers.networking().disconnect("web", "shop");
        assertThat(engine.runtime.connected).containsExactly("web [bridge, shop]", "web [bridge]");
        assertThat(engine.networks.holders("shop")).isEmpty();
        assertThat(engine.happened()).contains("connect", "disconnect");
    }

    @Test
    void aConnectThatFailsLeavesNothing() {
        engine.containers.start("web");
        engine.runtime.connectFailure = Optional.of("netavark is on fire");
        assertThatThrownBy(() -> engine.containers.networking().connect("web", Endpoint.on("shop")))
                .hasMessageContaining("netavark is on fire");
        assertThat(record().networks()).hasSize(1);
        assertThat(engine.networks.holders("shop")).isEmpty();
    }

    @Test
    void aDisconnectThatFailsKeepsTheAddress() {
        engine.containers.networking().connect("web", Endpoint.on("shop"));
        engine.containers.start("web");
        engine.runtime.connectFailure = Optional.of("netavark is on fire");
        assertThatThrownBy(() -> engine.containers.networking().disconnect("web", "shop"))
                .hasMessageContaining("netavark is on fire");
        assertThat(record().networks()).hasSize(2);
        assertThat(engine.networks.holders("shop")).containsExactly(web.id());
    }

    @Test
    void theNextEngineMakesTrueWhatTheRecordSays() throws IOException {
        engine.containers.start("web");
        engine.containers.networking().connect("web", Endpoint.on("shop"));
        engine.runtime.connected.clear();
        engine = engine.next();
        assertThat(engine.runtime.connected).containsExactly("web [bridge, shop]");
        assertThat(engine.networks.holders("shop")).containsExactly(web.id());
    }

    @Test
    void aNetworkWithAContainerStays() {
        engine.containers.networking().connect("web", Endpoint.on("shop"));
        assertThatThrownBy(() -> engine.containers.networking().remove("shop"))
                .isInstanceOf(EngineException.Conflict.class)
                .hasMessageContaining("has active endpoints");
        assertThat(engine.containers.networking().prune(_ -> true)).isEmpty();
        engine.containers.remove("web", true);
        assertThat(engine.containers.networking().prune(_ -> true)).containsExactly("shop");
    }

    @Test
    void aNetworkWhoseFileIsBrokenIsRemovedByItsIdOnceNoContainerIsOnIt() throws IOException {
        String id = engine.networks.get("shop").network().id();
        engine.containers.networking().connect("web", Endpoint.on("shop"));
        Path file = Files.writeString(folder.resolve("networks/" + id + ".json"), "{");
        engine = engine.next();

        assertThatThrownBy(() -> engine.containers.networking().remove(id))
                .isInstanceOf(EngineException.Conflict.class)
                .hasMessageContaining("network shop id " + id + " has active endpoints: 1 containers are on it");
        engine.containers.remove("web", true);
        engine.containers.networking().remove(id);

        assertThat(file).doesNotExist();
        assertThat(engine.events.since(Instant.EPOCH).getLast().attributes()).containsEntry("name", id);
        assertThat(engine.containers.networking().create(shop()).network().name())
                .isEqualTo("shop");
    }

    @Test
    void theDefaultNetworkStaysByWhateverItIsCalled() throws IOException {
        String id = engine.networks.get("bridge").network().id();
        engine.containers.remove("web", true);
        for (String reference : List.of("bridge", id, id.substring(0, 12))) {
            assertThatThrownBy(() -> engine.containers.networking().remove(reference))
                    .isInstanceOf(EngineException.Conflict.class)
                    .hasMessageContaining("bridge is a pre-defined network");
        }
        Files.writeString(folder.resolve("networks/bridge.json"), "{");
        engine = engine.next();
        assertThatThrownBy(() -> engine.containers.networking().remove("bridge"))
                .isInstanceOf(EngineException.Conflict.class)
                .hasMessageContaining("bridge is a pre-defined network");
    }

    @Test
    void twiceOnOneNetworkIsRefused() {
        assertThatThrownBy(() -> engine.containers.networking().connect("web", Endpoint.on("bridge")))
                .isInstanceOf(EngineException.Conflict.class)
                .hasMessageContaining("already exists in network bridge");
        assertThatThrownBy(() -> engine.containers.networking().disconnect("web", "shop"))
                .isInstanceOf(EngineException.Conflict.class)
                .hasMessageContaining("is not connected to network shop");
        assertThatThrownBy(() -> engine.containers.networking().remove("bridge"))
                .hasMessageContaining("pre-defined network");
    }

    private ContainerRecord record() {
        return engine.containers.inspect("web").record();
    }

    private static NetworkRequest shop() {
        return new NetworkRequest("shop", false, false, List.of(), Optional.empty(), Map.of(), Map.of());
    }
}
