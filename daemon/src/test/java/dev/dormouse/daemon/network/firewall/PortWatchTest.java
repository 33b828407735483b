package dev.dormouse.daemon.network.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.network.Attachments;
import dev.dormouse.daemon.spec.ContainerId;
import dev.dormouse.daemon.spec.Port;
import dev.dormouse.daemon.spec.PublishedPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortWatchTest {
    private static final String HEADER = "  sl  local_address rem_address   st tx_queue\n";
    private static final PublishedPort HTTP = new PublishedPort(new Port(80, Port.Protocol.TCP), "", 8080);
    private static final PublishedPort DNS = new PublishedPort(new Port(53, Port.Protocol.UDP), "127.0.0.1", 5353);
    private static final LiveSandbox WEB = sandbox("web", "172.17.0.2", HTTP, DNS);
    private static final LiveSandbox BARE = sandbox("bare", "172.17.0.3");

    @TempDir
    Path tables;

    private final FakeFirewall firewall = new FakeFirewall();
    private final FakeLive live = new FakeLive();
    private PortWatch watch;

    @BeforeEach
    void make() throws IOException {
        watch = new PortWatch(firewall, live, tables);
        listen("tcp", "");
        listen("udp", "");
    }

    @Test
    void whereAllIsWellNothingIsDone() {
        live.sandboxes = List.of(WEB, BARE);
        firewall.restore(WEB, WEB.ports());
        firewall.restored.clear();
        watch.look();
        assertThat(firewall.restored).isEmpty();
        assertThat(live.told).isEmpty();
    }

    @Test
    void whereNothingRunsTheRulesAreNotEvenRead() {
        watch.look();
        assertThat(firewall.reads).isZero();
    }

    @Test
    void aFlushedFirewallIsMadeAgainOnce() {
        live.sandboxes = List.of(WEB, BARE);
        watch.look();
        watch.look();
        assertThat(firewall.restored).containsExactly("web [8080, 5353]");
        assertThat(live.told).isEmpty();
    }

    @Test
    void withoutAPublishedPortTheNetworkIsMadeAgainAllTheSame() {
        live.sandboxes = List.of(BARE);
        watch.look();
        watch.look();
        assertThat(firewall.restored).containsExactly("bare []");
    }

    @Test
    void aTakenPortCostsThatMappingAloneUntilItIsFree() throws IOException {
        live.sandboxes = List.of(WEB);
        listen("tcp", "   0: 00000000:1F90 00000000:0000 0A 0\n");
        watch.look();
        watch.look();
        assertThat(firewall.restored).containsExactly("web [5353]");
        assertThat(live.told)
                .singleElement()
                .asString()
                .startsWith("web: host port 8080/tcp (for 80/tcp) is taken by another process: not published until");
        listen("tcp", "");
        watch.look();
        assertThat(firewall.restored).containsExactly("web [5353]", "web [8080]");
        assertThat(live.told).hasSize(2).last().isEqualTo("web: ");
    }

    @Test
    void aProcessThatListensWhereTheContainerWasFirstGetsNothingAndThatIsSaid() throws IOException {
        live.sandboxes = List.of(WEB);
        watch.look();
        listen("udp", "   0: 0100007F:14E9 00000000:0000 07 0\n");
        watch.look();
        assertThat(firewall.restored).hasSize(1);
        assertThat(live.told)
                .singleElement()
                .asString()
                .contains("127.0.0.1:5353/udp", "also listened on by another process");
    }

    @Test
    void anotherAddressOrProtocolOrAConnectionIsNotTheSamePort() throws IOException {
        live.sandboxes = List.of(WEB);
        listen("tcp", "   0: 0100007F:14E9 00000000:0000 0A 0\n   1: 0100007F:1F90 0100007F:1234 01 0\n");
        listen("udp", "   0: 0200007F:14E9 00000000:0000 07 0\n");
        watch.look();
        assertThat(firewall.restored).containsExactly("web [8080, 5353]");
        assertThat(live.told).isEmpty();
    }

    @Test
    void anIpv6WildcardListenerHasThePortToo() throws IOException {
        live.sandboxes = List.of(WEB);
        Files.writeString(
                tables.resolve("tcp6"),
                HEADER + "   0: " + "0".repeat(32) + ":1F90 " + "0".repeat(32) + ":0000 0A 0\n");
        watch.look();
        assertThat(firewall.restored).containsExactly("web [5353]");
    }

    @Test
    void whatCannotBeMadeAgainIsSaidAndTriedAgain() {
        live.sandboxes = List.of(WEB);
        firewall.failure = Optional.of("nft is on fire");
        watch.look();
        assertThat(live.told).singleElement().asString().contains("cannot be made again: nft is on fire");
        firewall.failure = Optional.empty();
        watch.look();
        assertThat(firewall.restored).containsExactly("web [8080, 5353]");
        assertThat(live.told).last().isEqualTo("web: ");
    }

    private void listen(String table, String lines) throws IOException {
        Files.writeString(tables.resolve(table), HEADER + lines);
    }

    private static LiveSandbox sandbox(String name, String address, PublishedPort... ports) {
        return new LiveSandbox(ContainerId.random(), name, List.of(Attachments.onBridge(address)), List.of(ports));
    }

    /** Rules as netavark 1.14 writes them. */
    private static final class FakeFirewall implements Firewall {
        private final List<String> lines = new ArrayList<>();
        private final List<String> restored = new ArrayList<>();
        private Optional<String> failure = Optional.empty();
        private int reads;

        @Override
        public Optional<FirewallRules> rules() {
            reads++;
            return Optional.of(new FirewallRules(lines));
        }

        @Override
        public void restore(LiveSandbox sandbox, List<PublishedPort> ports) {
            failure.ifPresent(why -> {
                throw new EngineException.Failed(why);
            });
            restored.add(sandbox.name() + " "
                    + ports.stream().map(PublishedPort::hostPort).toList());
            lines.add("ip saddr " + sandbox.attachments().getFirst().subnet() + " jump nv_b_172_17_0_0_nm16");
            ports.forEach(port -> lines.add(port.container().protocol().lowerCase() + " dport " + port.hostPort()
                    + " dnat ip to " + sandbox.attachments().getFirst().address() + ":"
                    + port.container().number()));
        }
    }

    private static final class FakeLive implements PortWatch.Live {
        private List<LiveSandbox> sandboxes = List.of();
        private final List<String> told = new ArrayList<>();

        @Override
        public List<LiveSandbox> sandboxes() {
            return sandboxes;
        }

        @Override
        public void trouble(ContainerId container, String trouble) {
            sandboxes.stream()
                    .filter(sandbox -> sandbox.id().equals(container))
                    .forEach(sandbox -> told.add(sandbox.name() + ": " + trouble));
        }
    }
}
