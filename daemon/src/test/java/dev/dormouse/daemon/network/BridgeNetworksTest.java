package dev.dormouse.daemon.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.spec.ContainerId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BridgeNetworksTest {
    @TempDir
    Path folder;

    private final ContainerId one = ContainerId.random();
    private final ContainerId two = ContainerId.random();

    @Test
    void theFirstContainerGetsTheAddressAfterTheGateway() {
        Attachment attachment = allocate(networks(), one);
        assertThat(attachment.address()).isEqualTo("172.17.0.2");
        assertThat(attachment.prefixLength()).isEqualTo(16);
        assertThat(attachment.gateway()).isEqualTo("172.17.0.1");
        assertThat(attachment.macAddress()).isEqualTo("02:42:ac:11:00:02");
        assertThat(attachment.network().id()).matches("[0-9a-f]{64}");
        assertThat(attachment.network().bridge()).isEqualTo("dormouse0");
    }

    @Test
    void aContainerKeepsItsAddressAlsoAcrossEngines() {
        Attachment attachment = allocate(networks(), one);
        assertThat(allocate(networks(), one)).isEqualTo(attachment);
        assertThat(allocate(networks(), two).address()).isEqualTo("172.17.0.3");
    }

    @Test
    void aReturnedAddressRestsUntilTheOthersWereGiven() {
        BridgeNetworks networks = networks();
        allocate(networks, one);
        networks.release(one);
        assertThat(allocate(networks, two).address()).isEqualTo("172.17.0.3");
    }

    @Test
    void addressesOfContainersThatAreGoneAreFreed() {
        BridgeNetworks networks = networks();
        allocate(networks, one);
        Attachment kept = allocate(networks, two);
        networks.reconcile(Map.of(two, List.of(kept)));
        assertThat(allocate(networks, two)).isEqualTo(kept);
        assertThat(addresses()).containsOnlyKeys(two.value());
    }

    /** What an engine had written when it was killed; the next one knows only the disk, and the records. */
    @ParameterizedTest(name = "killed {0}")
    @ValueSource(strings = {"before the address", "while it was written", "before the record", "after the record"})
    void aKilledCreateNeitherLosesNorDoublesAnAddress(String when) throws Exception {
        Attachment kept = allocate(networks(), one);
        Map<ContainerId, List<Attachment>> records = new HashMap<>(Map.of(one, List.of(kept)));
        if (when.equals("while it was written")) {
            Files.writeString(folder.resolve(".bridge.json.1234.new"), "{\"schema\": 1, \"netw");
        } else if (!when.equals("before the address")) {
            Attachment made = allocate(networks(), two);
            if (when.equals("after the record")) {
                records.put(two, List.of(made));
            }
        }
        BridgeNetworks next = networks();
        next.reconcile(records);
        assertThat(addresses()).hasSize(records.size()).containsEntry(one.value(), kept.address());
        Attachment third = allocate(next, ContainerId.random());
        assertThat(records.values()).doesNotContain(List.of(third)).hasSize(records.size());
        assertThat(addresses().values()).doesNotHaveDuplicates();
    }

    /** A connect writes the address, then the record; a disconnect the record, then the address. */
    @ParameterizedTest(name = "killed {0}")
    @ValueSource(
            strings = {
                "in a connect, before the record",
                "in a connect, after the record",
                "in a disconnect, after the record",
                "in a disconnect, after the address"
            })
    void aKilledConnectOrDisconnectNeitherLosesNorDoublesAnAddress(String when) {
        BridgeNetworks networks = networks();
        String shop = create(networks, "shop").network().id();
        Attachment first = allocate(networks, one);
        Attachment second = networks.allocate(one, Endpoint.on("shop"), "eth1");
        List<Attachment> record =
                when.equals("in a connect, after the record") ? List.of(first, second) : List.of(first);
        if (when.equals("in a disconnect, after the address")) {
            networks.release(one, shop);
        }
        BridgeNetworks next = networks();
        next.reconcile(Map.of(one, record));
        assertThat(addresses()).containsOnly(Map.entry(one.value(), first.address()));
        assertThat(next.get("shop").leases()).hasSize(record.size() - 1);
        Attachment other = next.allocate(two, Endpoint.on("shop"), "eth0");
        assertThat(record).extracting(Attachment::address).doesNotContain(other.address());
    }

    @ParameterizedTest(name = "killed {0} the address was freed")
    @ValueSource(strings = {"before", "after"})
    void aKilledRemovalLeaksNothing(String when) {
        allocate(networks(), one);
        Attachment kept = allocate(networks(), two);
        if (when.equals("after")) {
            networks().release(one);
        }
        networks().reconcile(Map.of(two, List.of(kept)));
        assertThat(addresses()).containsOnly(Map.entry(two.value(), kept.address()));
    }

    @Test
    void aStateFileThatWasLostIsMadeAgainFromTheRecords() throws Exception {
        Attachment first = allocate(networks(), one);
        Attachment second = allocate(networks(), two);
        Attachment shop = networks()
                .allocate(one, Endpoint.on(create(networks(), "shop").network().id()), "eth1");
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        BridgeNetworks next = TestNetworks.in(folder, Set.of(Subnet.parse("172.17.0.0/16")));
        next.reconcile(Map.of(one, List.of(first, shop), two, List.of(second)));
        Attachment third = allocate(next, ContainerId.random());
        assertThat(third.network()).isEqualTo(first.network());
        assertThat(third.address()).isEqualTo("172.17.0.4");
        assertThat(allocate(next, one)).isEqualTo(first);
        assertThat(next.get("shop").network()).isEqualTo(shop.network());
        assertThat(next.get("shop").leases()).containsOnlyKeys(one.value());
    }

    @Test
    void ofTwoRecordsWithOneAddressOneHasIt() {
        Attachment first = allocate(networks(), one);
        networks().reconcile(Map.of(one, List.of(first), two, List.of(first)));
        assertThat(addresses()).containsOnly(Map.entry(one.value(), first.address()));
    }

    @Test
    void aSubnetThatTheHostUsesIsNotTaken() {
        BridgeNetworks networks =
                TestNetworks.in(folder, Set.of(Subnet.parse("172.16.0.0/15"), Subnet.parse("172.18.3.0/24")));
        assertThat(allocate(networks, one).address()).isEqualTo("172.19.0.2");
    }

    @Test
    void whereEverySubnetIsUsedTheErrorSaysSo() {
        BridgeNetworks networks = TestNetworks.in(folder, Set.of(Subnet.parse("128.0.0.0/1")));
        assertThatThrownBy(() -> allocate(networks, one))
                .isInstanceOf(EngineException.Failed.class)
                .hasMessageContaining("no subnet is left");
    }

    @Test
    void aFullNetworkRefusesAndTakesAgainWhatIsReturned() {
        BridgeNetworks networks = networks();
        networks.create(request("small", Optional.of("10.0.0.0/29")));
        for (int i = 0; i < 5; i++) {
            networks.allocate(ContainerId.random(), Endpoint.on("small"), "eth0");
        }
        assertThatThrownBy(() -> networks.allocate(one, Endpoint.on("small"), "eth0"))
                .hasMessageContaining("no free address");
        networks.reconcile(Map.of());
        assertThat(networks.allocate(one, Endpoint.on("small"), "eth0").address())
                .isEqualTo("10.0.0.2");
    }

    @Test
    void manyAtOnceGetDifferentAddresses() {
        BridgeNetworks networks = networks();
        Set<String> addresses = ConcurrentHashMap.newKeySet();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                threads.execute(() ->
                        addresses.add(allocate(networks, ContainerId.random()).address()));
            }
        }
        assertThat(addresses).hasSize(100);
    }

    @Test
    void aBrokenFileIsNamedAndLeftAsItIs() throws Exception {
        Path file = Files.writeString(folder.resolve("bridge.json"), "{\"schema\": 1,");
        assertThatThrownBy(() -> allocate(networks(), one))
                .isInstanceOf(EngineException.Failed.class)
                .hasMessageContaining(file.toString());
        assertThat(file).hasContent("{\"schema\": 1,");
    }

    @Test
    void aBrokenFileOfAUsersNetworkCostsThatNetworkAlone() throws Exception {
        Path file = Files.writeString(folder.resolve("ab".repeat(32) + ".json"), "{");
        BridgeNetworks networks = networks();
        assertThat(networks.list())
                .extracting(record -> record.network().name())
                .containsExactly("bridge");
        assertThatThrownBy(() -> networks.get("ab".repeat(32))).hasMessageContaining(file.toString());
        networks.remove("ab".repeat(32));
        assertThat(file).doesNotExist();
    }

    @Test
    void aNewerFileIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("bridge.json"), "{\"schema\": 3}");
        assertThatThrownBy(() -> allocate(networks(), one))
                .hasMessageContaining(file + " cannot be used: it has schema 3, written by a newer Dormouse");
    }

    @Test
    void theFileOfTheTimeOfTheOneBridgeIsBroughtUpToDate() throws Exception {
        Files.writeString(folder.resolve("bridge.json"), """
                {"schema": 1, "networkId": "%s", "subnet": "172.20.0.0/16", "lastAddress": "172.20.0.7",
                 "addresses": {"%s": "172.20.0.5"}}""".formatted("c".repeat(64), one));
        NetworkRecord bridge = networks().get("bridge");
        assertThat(bridge.network().id()).isEqualTo("c".repeat(64));
        assertThat(bridge.network().bridge()).isEqualTo("dormouse0");
        assertThat(bridge.leases()).containsOnly(Map.entry(one.value(), new Lease("172.20.0.5", Optional.empty())));
        assertThat(allocate(networks(), two).address()).isEqualTo("172.20.0.8");
        assertThat(Files.readString(folder.resolve("bridge.json"))).contains("\"schema\":2");
    }

    private static Attachment allocate(BridgeNetworks networks, ContainerId container) {
        return networks.allocate(container, Endpoint.on("bridge"), "eth0");
    }

    private static NetworkRecord create(BridgeNetworks networks, String name) {
        return networks.create(request(name, Optional.empty()));
    }

    private static NetworkRequest request(String name, Optional<String> subnet) {
        return new NetworkRequest(
                name,
                false,
                false,
                subnet.map(text -> new NetworkRequest.Range(text, Optional.empty(), Optional.empty())).stream()
                        .toList(),
                Optional.empty(),
                Map.of(),
                Map.of());
    }

    private BridgeNetworks networks() {
        return TestNetworks.in(folder);
    }

    private Map<String, String> addresses() {
        Map<String, String> addresses = new HashMap<>();
        networks().get("bridge").leases().forEach((id, lease) -> addresses.put(id, lease.address()));
        return addresses;
    }
}
