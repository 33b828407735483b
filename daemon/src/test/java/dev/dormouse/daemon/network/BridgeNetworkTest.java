package dev.dormouse.daemon.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.spec.ContainerId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BridgeNetworkTest {
    @TempDir
    Path folder;

    private final ContainerId one = ContainerId.random();
    private final ContainerId two = ContainerId.random();

    @Test
    void theFirstContainerGetsTheAddressAfterTheGateway() {
        Attachment attachment = network().allocate(one);
        assertThat(attachment.address()).isEqualTo("172.17.0.2");
        assertThat(attachment.prefixLength()).isEqualTo(16);
        assertThat(attachment.gateway()).isEqualTo("172.17.0.1");
        assertThat(attachment.macAddress()).isEqualTo("02:42:ac:11:00:02");
        assertThat(attachment.networkId()).matches("[0-9a-f]{64}");
    }

    @Test
    void aContainerKeepsItsAddressAlsoAcrossEngines() {
        Attachment attachment = network().allocate(one);
        assertThat(network().allocate(one)).isEqualTo(attachment);
        assertThat(network().allocate(two).address()).isEqualTo("172.17.0.3");
    }

    @Test
    void aReturnedAddressRestsUntilTheOthersWereGiven() {
        BridgeNetwork network = network();
        network.allocate(one);
        network.release(one);
        assertThat(network.allocate(two).address()).isEqualTo("172.17.0.3");
    }

    @Test
    void addressesOfContainersThatAreGoneAreFreed() {
        BridgeNetwork network = network();
        network.allocate(one);
        Attachment kept = network.allocate(two);
        network.reconcile(Map.of(two, Optional.of(kept)));
        assertThat(network.allocate(two)).isEqualTo(kept);
        assertThat(state().addresses()).containsOnlyKeys(two.value());
    }

    /** What an engine had written when it was killed; the next one knows only the disk, and the records. */
    @ParameterizedTest(name = "killed {0}")
    @ValueSource(strings = {"before the address", "while it was written", "before the record", "after the record"})
    void aKilledCreateNeitherLosesNorDoublesAnAddress(String when) throws Exception {
        Attachment kept = network().allocate(one);
        Map<ContainerId, Optional<Attachment>> records = new HashMap<>(Map.of(one, Optional.of(kept)));
        if (when.equals("while it was written")) {
            Files.writeString(folder.resolve(".bridge.json.1234.new"), "{\"schema\": 1, \"netw");
        } else if (!when.equals("before the address")) {
            Attachment made = network().allocate(two);
            if (when.equals("after the record")) {
                records.put(two, Optional.of(made));
            }
        }
        BridgeNetwork next = network();
        next.reconcile(records);
        assertThat(state().addresses()).hasSize(records.size()).containsEntry(one.value(), kept.address());
        Attachment third = next.allocate(ContainerId.random());
        assertThat(records.values()).doesNotContain(Optional.of(third)).hasSize(records.size());
        assertThat(state().addresses().values()).doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = "killed {0} the address was freed")
    @ValueSource(strings = {"before", "after"})
    void aKilledRemovalLeaksNothing(String when) {
        network().allocate(one);
        Attachment kept = network().allocate(two);
        if (when.equals("after")) {
            network().release(one);
        }
        network().reconcile(Map.of(two, Optional.of(kept)));
        assertThat(state().addresses()).containsOnly(Map.entry(two.value(), kept.address()));
    }

    @Test
    void aStateFileThatWasLostIsMadeAgainFromTheRecords() throws Exception {
        Attachment first = network().allocate(one);
        Attachment second = network().allocate(two);
        Files.delete(folder.resolve("bridge.json"));
        BridgeNetwork next = BridgeNetwork.in(folder, () -> Set.of(Subnet.parse("172.17.0.0/16")));
        next.reconcile(Map.of(one, Optional.of(first), two, Optional.of(second)));
        Attachment third = next.allocate(ContainerId.random());
        assertThat(third.networkId()).isEqualTo(first.networkId());
        assertThat(third.address()).isEqualTo("172.17.0.4");
        assertThat(next.allocate(one)).isEqualTo(first);
    }

    @Test
    void ofTwoRecordsWithOneAddressOneHasIt() {
        Attachment first = network().allocate(one);
        BridgeNetwork next = network();
        next.reconcile(Map.of(one, Optional.of(first), two, Optional.of(first)));
        assertThat(state().addresses()).containsOnly(Map.entry(one.value(), first.address()));
    }

    @Test
    void aSubnetThatTheHostUsesIsNotTaken() {
        BridgeNetwork network =
                BridgeNetwork.in(folder, () -> Set.of(Subnet.parse("172.16.0.0/15"), Subnet.parse("172.18.3.0/24")));
        assertThat(network.allocate(one).address()).isEqualTo("172.19.0.2");
    }

    @Test
    void whereEverySubnetIsUsedTheErrorSaysSo() {
        BridgeNetwork network = BridgeNetwork.in(folder, () -> Set.of(Subnet.parse("128.0.0.0/1")));
        assertThatThrownBy(() -> network.allocate(one))
                .isInstanceOf(EngineException.Failed.class)
                .hasMessageContaining("no subnet is left");
    }

    @Test
    void aFullNetworkRefusesAndTakesAgainWhatIsReturned() {
        BridgeNetwork network = BridgeNetwork.in(folder, Set::of);
        new BridgeFile(folder.resolve("bridge.json"))
                .write(new BridgeState(1, "0".repeat(64), "10.0.0.0/29", "10.0.0.1", java.util.Map.of()));
        for (int i = 0; i < 5; i++) {
            network.allocate(ContainerId.random());
        }
        network.release(one);
        assertThatThrownBy(() -> network.allocate(one)).hasMessageContaining("no free address");
        network.reconcile(Map.of());
        assertThat(network.allocate(one).address()).isEqualTo("10.0.0.2");
    }

    @Test
    void manyAtOnceGetDifferentAddresses() {
        BridgeNetwork network = network();
        Set<String> addresses = ConcurrentHashMap.newKeySet();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                threads.execute(() ->
                        addresses.add(network.allocate(ContainerId.random()).address()));
            }
        }
        assertThat(addresses).hasSize(100);
    }

    @Test
    void aBrokenFileIsNamedAndLeftAsItIs() throws Exception {
        Path file = Files.writeString(folder.resolve("bridge.json"), "{\"schema\": 1,");
        assertThatThrownBy(() -> network().allocate(one))
                .isInstanceOf(EngineException.Failed.class)
                .hasMessageContaining(file.toString());
        assertThat(file).hasContent("{\"schema\": 1,");
    }

    @Test
    void aNewerFileIsRefused() {
        new BridgeFile(folder.resolve("bridge.json"))
                .write(new BridgeState(2, "0".repeat(64), "10.0.0.0/29", "10.0.0.1", java.util.Map.of()));
        assertThatThrownBy(() -> network().allocate(one))
                .hasMessageContaining(folder.resolve("bridge.json")
                        + " cannot be used: it has schema 2, written by a newer Dormouse");
    }

    private BridgeNetwork network() {
        return BridgeNetwork.in(folder, Set::of);
    }

    private BridgeState state() {
        return new BridgeFile(folder.resolve("bridge.json")).read().orElseThrow();
    }
}
