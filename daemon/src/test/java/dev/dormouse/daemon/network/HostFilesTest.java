package dev.dormouse.daemon.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostFilesTest {
    private static final Attachment BRIDGE = Attachments.onBridge("172.17.0.9");

    @TempDir
    Path etc;

    private HostFiles files;

    @BeforeEach
    void host() throws IOException {
        Files.writeString(etc.resolve("hosts"), "127.0.0.1 localhost\n10.1.1.1 printer");
        Files.writeString(
                etc.resolve("resolv.conf"), "search den.example\nnameserver 127.0.0.53\nnameserver 192.0.2.1\n");
        files = new HostFiles(etc);
    }

    @Test
    void aContainerOnTheBridgeKnowsItselfAndWhatItAskedFor() {
        assertThat(files.hosts("web", List.of(BRIDGE), List.of("db:10.0.0.1", "up:host-gateway"), false))
                .contains("127.0.0.1\tlocalhost\n", "172.17.0.9\tweb\n", "10.0.0.1\tdb\n", "172.17.0.1\tup\n");
    }

    @Test
    void aContainerOnTheHostsNetworkHasTheHostsNames() {
        assertThat(files.hosts("web", List.of(), List.of("v6:fe80::1"), true))
                .isEqualTo("127.0.0.1 localhost\n10.1.1.1 printer\nfe80::1\tv6\n");
        assertThat(files.resolvers(List.of(), List.of(), true)).contains("127.0.0.53");
    }

    @Test
    void resolversOnTheHostsLoopbackAreLeftOut() {
        assertThat(files.resolvers(List.of(), List.of(), false))
                .isEqualTo("search den.example\nnameserver 192.0.2.1\n");
    }

    @Test
    void withoutAReachableResolverThereIsAFallback() throws IOException {
        Files.writeString(etc.resolve("resolv.conf"), "nameserver 127.0.0.53\n");
        assertThat(files.resolvers(List.of(), List.of(), false)).contains("nameserver 8.8.8.8\n");
    }

    @Test
    void resolversThatWereAskedForReplaceTheHosts() {
        assertThat(files.resolvers(List.of("198.51.100.7"), List.of(), false))
                .isEqualTo("search den.example\nnameserver 198.51.100.7\n");
    }

    @Test
    void onANetworkThatResolvesNamesItsGatewayIsAsked() {
        Attachment shop = Attachments.on(Attachments.network("shop", "172.18.0.0/16"), "172.18.0.2");
        assertThat(files.resolvers(List.of("198.51.100.7"), List.of(BRIDGE, shop), false))
                .isEqualTo("search den.example\nnameserver 172.18.0.1\n");
        assertThat(files.hosts("web", List.of(BRIDGE, shop), List.of(), false))
                .contains("172.17.0.9\tweb\n", "172.18.0.2\tweb\n");
    }

    @Test
    void anExtraHostWithoutAnAddressIsRefusedByName() {
        assertThatThrownBy(() -> files.hosts("web", List.of(), List.of("alone"), false))
                .isInstanceOf(EngineException.InvalidParameter.class)
                .hasMessageContaining("'alone'");
    }
}
