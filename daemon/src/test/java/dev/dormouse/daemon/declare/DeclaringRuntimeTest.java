package dev.dormouse.daemon.declare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.daemon.container.ContainerConfig;
import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.NetworkMode;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.runtime.ContainerRecords;
import dev.dormouse.daemon.runtime.InMemoryRuntime;
import dev.dormouse.daemon.spec.Port;
import dev.dormouse.units.manager.JobResult;
import dev.dormouse.units.service.ListenTrouble;
import dev.dormouse.units.service.PortOwner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeclaringRuntimeTest {
    private static final String SOCKET = "dormouse-proxy@web.socket";

    private final FakeSystemd systemd = new FakeSystemd();
    private final InMemoryRuntime inner = new InMemoryRuntime();
    private final Map<String, String> imageLabels = new HashMap<>();

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // made before each test
    private DeclaringRuntime runtime;

    @BeforeEach
    void make() {
        LabelledServices services = new LabelledServices(
                new ServiceBook(folder.resolve("services"), folder.resolve("units")),
                systemd,
                new ListenTrouble(new PortOwner(folder.resolve("proc"))));
        runtime = new DeclaringRuntime(inner, folder.resolve("containers"), _ -> imageLabels, Optional.of(services));
    }

    @AfterEach
    void close() {
        inner.close();
    }

    @Test
    void labelsMakeTheServiceAndItGoesWithTheContainer() throws IOException {
        ContainerRecord web =
                container("web", Map.of("dormouse.listen", "127.0.0.1:80, /run/w.sock", "dormouse.idle", "5m"));
        runtime.compile(web);

        assertThat(file("services/web.json"))
                .contains(
                        "\"declaredBy\" : \"labels\"",
                        "\"containerId\" : \"" + web.id().value() + "\"",
                        "\"port\" : 80",
                        "\"idle\" : \"5m\"",
                        "\"deadline\" : \"1m\"");
        assertThat(file("units/dormouse-proxy@web.socket.d/listen.conf"))
                .contains("ListenStream=127.0.0.1:80\nListenStream=/run/w.sock\n");
        assertThat(systemd.calls).containsExactly("reload", "start " + SOCKET);
        assertThat(bootLink()).isSymbolicLink();

        systemd.calls.clear();
        systemd.dropIns = List.of(
                folder.resolve("units/dormouse-proxy@web.socket.d/listen.conf").toString());
        runtime.discard(web);
        assertThat(systemd.calls)
                .containsSubsequence(
                        "stop " + SOCKET, "stop dormouse-container@web.service", "reload", "reset-failed " + SOCKET);
        assertThat(written()).isEmpty();
    }

    @Test
    void whatKeepsItAwakeIsDeclaredToo() throws IOException {
        ContainerRecord web = container(
                "web",
                Map.of(
                        "dormouse.listen", "80",
                        "dormouse.freeze", "30s",
                        "dormouse.idle-cpu", "5%",
                        "dormouse.idle-veto", "[\"test\", \"it's\"]",
                        "dormouse.keep-warm", "Mon..Fri 08:00-18:00; Sat 10:00-12:00 UTC"));
        runtime.compile(web);

        assertThat(file("services/web.json"))
                .contains(
                        "\"freeze\" : \"30s\"", "\"idleCpu\" : 5", "\"Mon..Fri 08:00-18:00\", \"Sat 10:00-12:00 UTC\"");
        assertThat(file("services/web@web.veto")).isEqualTo("'test' 'it'\\''s'\n");
        assertThat(file("services/web.warm")).isEqualTo("- 12345 0800 1800\nUTC 6 1000 1200\n");
        assertThat(file("units/dormouse-keepwarm@web.timer.d/keep-warm.conf"))
                .contains("OnCalendar=Mon..Fri *-*-* 08:00:00\nOnCalendar=Sat *-*-* 10:00:00 UTC\n");
        assertThat(systemd.calls).contains("start dormouse-keepwarm@web.timer");
        assertThat(warmLink()).isSymbolicLink();

        runtime.discard(web);
        assertThat(warmLink()).doesNotExist();
        assertThat(systemd.calls).contains("stop dormouse-keepwarm@web.timer");
        assertThat(written()).isEmpty();
    }

    @Test
    void compilingAgainChangesNothing() {
        ContainerRecord web = container("web", Map.of("dormouse.listen", "80"));
        runtime.compile(web);
        systemd.calls.clear();

        runtime.compile(web);

        assertThat(systemd.calls).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reload", "start " + SOCKET, "start dormouse-keepwarm@web.timer"})
    void whatAKilledEngineLeftUndoneTheNextDoes(String call) {
        ContainerRecord web =
                container("web", Map.of("dormouse.listen", "80", "dormouse.keep-warm", "Mon..Fri 08:00-18:00"));
        systemd.killedAt = call;
        assertThatThrownBy(() -> runtime.compile(web)).isInstanceOf(FakeSystemd.Killed.class);
        systemd.killedAt = "";
        systemd.calls.clear();

        runtime.compile(web);

        assertThat(systemd.active).contains(SOCKET, "dormouse-keepwarm@web.timer");
        assertThat(systemd.calls).contains("reload", "start " + SOCKET, "start dormouse-keepwarm@web.timer");
        assertThat(bootLink()).isSymbolicLink();
        assertThat(warmLink()).isSymbolicLink();
        systemd.calls.clear();
        runtime.compile(web);
        assertThat(systemd.calls).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop " + SOCKET, "reload", "start " + SOCKET})
    void aChangeThatAKilledEngineLeftUndoneTheNextMakes(String call) throws IOException {
        ContainerRecord web = container("web", Map.of("dormouse.listen", "80", "dormouse.name", "web"));
        runtime.compile(web);
        ContainerRecord changed = web.withNames("shop", "shop");
        systemd.killedAt = call;
        assertThatThrownBy(() -> runtime.compile(changed)).isInstanceOf(FakeSystemd.Killed.class);
        assertThat(bootLink()).doesNotExist();
        // Of their texts systemd may know the ones before.
        systemd.dropIns = dropIns();
        systemd.killedAt = "";
        systemd.calls.clear();

        runtime.compile(changed);

        assertThat(systemd.calls).containsSubsequence("reload", "start " + SOCKET);
        assertThat(bootLink()).isSymbolicLink();
    }

    @Test
    void whatCannotBeMarkedAsDoneListensNoLonger() throws IOException {
        Files.createDirectories(folder.resolve("units"));
        Files.writeString(folder.resolve("units/sockets.target.wants"), "");
        ContainerRecord web = container("web", Map.of("dormouse.listen", "80"));

        assertThatThrownBy(() -> runtime.compile(web)).hasMessageContaining("sockets.target.wants");

        assertThat(systemd.active).doesNotContain(SOCKET);
    }

    @Test
    void aRenameTakesTheServiceAlong() throws IOException {
        ContainerRecord web = container("web", Map.of("dormouse.listen", "80"));
        runtime.compile(web);
        ContainerRecord shop = web.withNames("shop", "shop");

        runtime.compile(shop);

        assertThat(folder.resolve("services/web.json")).doesNotExist();
        assertThat(file("services/shop.json")).contains("\"container\" : \"shop\"");
        runtime.discard(shop);
        assertThat(written()).isEmpty();
    }

    @Test
    void byHandWinsAndStays() throws IOException {
        Files.createDirectories(folder.resolve("services"));
        Files.writeString(folder.resolve("services/web.json"), "{\"declaredBy\": \"enable\"}");
        ContainerRecord web = container("web", Map.of("dormouse.listen", "80"));

        runtime.compile(web);
        runtime.discard(web);

        assertThat(file("services/web.json")).isEqualTo("{\"declaredBy\": \"enable\"}");
        assertThat(systemd.calls).isEmpty();
    }

    @Test
    void aNameThatAnotherContainerHasIsRefused() {
        runtime.compile(container("web", Map.of("dormouse.listen", "80")));

        assertThatThrownBy(() ->
                        runtime.compile(container("other", Map.of("dormouse.listen", "81", "dormouse.name", "web"))))
                .isInstanceOf(EngineException.Conflict.class)
                .hasMessageContaining("label dormouse.name: service web is declared by the labels of container");
    }

    @Test
    void anAddressThatCannotBeListenedOnIsRefusedAndNothingIsLeft() throws IOException {
        systemd.startResult = JobResult.FAILED;
        ContainerRecord web = container("web", Map.of("dormouse.listen", "203.0.113.9:80"));

        assertThatThrownBy(() -> runtime.compile(web))
                .isInstanceOf(EngineException.Conflict.class)
                .hasMessageContaining("label dormouse.listen: cannot listen on 203.0.113.9:80");
        runtime.discard(web);

        assertThat(written()).isEmpty();
    }

    @Test
    void whatIsNeededMustBeThereAndNotInACircle() throws IOException {
        assertThatThrownBy(() ->
                        runtime.compile(container("web", Map.of("dormouse.listen", "80", "dormouse.after", "db"))))
                .isInstanceOf(EngineException.InvalidParameter.class)
                .hasMessageContaining("label dormouse.after: no service named db");
        assertThatThrownBy(() ->
                        runtime.compile(container("web", Map.of("dormouse.listen", "80", "dormouse.after", "web"))))
                .hasMessageContaining("in a circle");

        runtime.compile(container("db", Map.of("dormouse.listen", "5432")));
        runtime.compile(container("web", Map.of("dormouse.listen", "80", "dormouse.after", "db")));
        assertThat(file("units/dormouse-proxy@web.service.d/wake.conf"))
                .contains("Wants=dormouse-proxy@db.service")
                .doesNotContain("dormouse-container@");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dormouse.listen | localhost:80 | label dormouse.listen: 'localhost' is not an IP address",
                "dormouse.listen | 80,80        | label dormouse.listen: 80 is given twice",
                "dormouse.port   | 0            | label dormouse.port: '0' is not a port from 1 to 65535",
                "dormouse.connections-max | 0   | label dormouse.connections-max: '0' is not a number of connections from 1",
                "dormouse.allow-from | 10.0.0.1/8 | label dormouse.allow-from: '10.0.0.1/8' has bits set behind its first 8",
                "dormouse.allow-path | a        | label dormouse.allow-path: 'a' is no path",
                "dormouse.min-bytes | 0         | label dormouse.min-bytes: '0' is not a number of bytes from 1 to 16384",
                "dormouse.waiting-page | 2h     | label dormouse.waiting-page:",
                "dormouse.proxy-protocol | v3   | label dormouse.proxy-protocol: 'v3' is no version of the PROXY protocol: v1 or v2",
                "dormouse.unit-deadline | soon  | label dormouse.unit-deadline:",
                "dormouse.idle   | soon         | label dormouse.idle:",
                "dormouse.ready  | maybe        | label dormouse.ready: 'maybe' is no way to be ready: auto, health",
                "dormouse.name   | a b          | label dormouse.name: 'a b' is not a name",
                "dormouse.group  | /            | label dormouse.group: '/' is not a name",
                "dormouse.socket-mode | 0600    | label dormouse.listen: mode, user and group are those of a unix socket",
                "dormouse.freeze | 10m          | label dormouse.freeze: '10m' must be shorter than dormouse.idle, 10m",
                "dormouse.freeze | soon         | label dormouse.freeze: the time: 'soon'",
                "dormouse.idle-cpu | 0          | label dormouse.idle-cpu: '0' is not a percentage of one processor",
                "dormouse.idle-veto | ' '       | label dormouse.idle-veto: ' ' is no command",
                "dormouse.idle-veto | '[1]'     | label dormouse.idle-veto: '[1]' must be a JSON list of texts",
                "dormouse.keep-warm | daily     | label dormouse.keep-warm: 'daily' is no time of the week",
                "dormouse.udp-timeout | 5s      | udp-timeout does not go with a service without a UDP address",
                "dormouse.udp-timeout | 5ms     | label dormouse.udp-timeout: ",
                "dormouse.listen | 53/udp       | label dormouse.port: is missing, and the image exposes no UDP port",
                "dormouse.lisen  | 80           | unknown label dormouse.lisen: allowed are dormouse.after, ",
            })
    void aBadLabelIsRefusedByName(String label, String value, String message) throws IOException {
        Map<String, String> labels = new HashMap<>(Map.of("dormouse.listen", "80"));
        labels.put(label, value);

        assertThatThrownBy(() -> runtime.compile(container("web", labels)))
                .isInstanceOf(EngineException.InvalidParameter.class)
                .hasMessageContaining(message);
        assertThat(written()).isEmpty();
        assertThat(systemd.calls).isEmpty();
    }

    @Test
    void whatAnUnhealthyContainerIsToDoDeclaresNoService() throws IOException {
        runtime.compile(container("web", Map.of("dormouse.unhealthy", "stop")));

        assertThat(written()).isEmpty();
    }

    @Test
    void whatCannotBeReachedIsRefused() {
        assertThatThrownBy(() -> runtime.compile(container("web", Map.of("dormouse.idle", "5m"))))
                .hasMessageContaining("label dormouse.listen: is missing");
        assertThatThrownBy(() -> runtime.compile(container(
                        "web", Map.of("dormouse.listen", "80"), NetworkMode.NONE, new Port(80, Port.Protocol.TCP))))
                .hasMessageContaining("--network none");
        assertThatThrownBy(() -> runtime.compile(container("web", Map.of("dormouse.listen", "80"), NetworkMode.HOST)))
                .hasMessageContaining("label dormouse.port: is missing, and the image exposes no TCP port");
    }

    @Test
    void aUdpServiceIsDeclaredAndItsPortFound() throws IOException {
        runtime.compile(container(
                "dns",
                Map.of("dormouse.listen", "53/udp,53/tcp", "dormouse.udp-timeout", "90s"),
                NetworkMode.HOST,
                new Port(53, Port.Protocol.UDP),
                new Port(9153, Port.Protocol.TCP),
                new Port(53, Port.Protocol.TCP)));

        assertThat(String.join("", contents()))
                .contains("ListenDatagram=53\n", "ListenStream=53\n", "PassPacketInfo=yes\n")
                .contains("\"port\" : 53", "\"53/udp\", \"53\"", "\"udpTimeout\" : \"90s\"");
    }

    @Test
    void anImageOpensNoPort() throws IOException {
        imageLabels.put("dormouse.listen", "80");

        runtime.compile(container("web", Map.of("dormouse.listen", "80")));

        assertThat(written()).isEmpty();
    }

    @Test
    void withoutSystemdThereAreNoServices() {
        DeclaringRuntime direct =
                new DeclaringRuntime(inner, folder.resolve("containers"), _ -> imageLabels, Optional.empty());

        assertThatThrownBy(() -> direct.compile(container("web", Map.of("dormouse.listen", "80"))))
                .isInstanceOf(EngineException.InvalidParameter.class)
                .hasMessageContaining("systemd is not this machine's service manager");
    }

    @Test
    void withPassTheContainerHasTheSocketsAndNeedsNoNetwork() throws IOException {
        ContainerRecord web =
                container("web", Map.of("dormouse.listen", "127.0.0.1:80", "dormouse.pass", "true"), NetworkMode.NONE);
        runtime.compile(web);

        assertThat(file("services/web.json"))
                .contains("\"pass\" : true", "\"containerId\" : \"" + web.id().value() + "\"")
                .doesNotContain("idle");
        assertThat(file("units/dormouse-proxy@web.socket.d/listen.conf"))
                .contains("Service=dormouse-container@web.service");
        assertThat(file("units/dormouse-container@web.service.d/passed-web.conf"))
                .contains("Sockets=" + SOCKET);
        assertThat(systemd.calls).containsExactly("reload", "start " + SOCKET);

        runtime.discard(web);
        assertThat(written()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "dormouse.idle, 1m, label dormouse.idle does not go with pass",
        "dormouse.proxy-protocol, v2, label dormouse.proxy-protocol does not go with pass",
        "dormouse.port, 80, label dormouse.port does not go with pass",
        "dormouse.listen, '1,2,3,4,5,6,7', label dormouse.pass: container web would be passed 7 sockets",
        "dormouse.pass, yes, label dormouse.pass: 'yes' is neither true nor false"
    })
    void whatDoesNotGoWithPassIsRefusedByName(String label, String value, String message) {
        Map<String, String> labels = new HashMap<>(Map.of("dormouse.listen", "80", "dormouse.pass", "true"));
        labels.put(label, value);

        assertThatThrownBy(() -> runtime.compile(container("web", labels)))
                .isInstanceOf(EngineException.InvalidParameter.class)
                .hasMessageContaining(message);
    }

    @Test
    void withoutSystemdNothingCanBePassed() {
        DeclaringRuntime direct =
                new DeclaringRuntime(inner, folder.resolve("containers"), _ -> imageLabels, Optional.empty());

        assertThatThrownBy(() ->
                        direct.compile(container("web", Map.of("dormouse.listen", "80", "dormouse.pass", "true"))))
                .isInstanceOf(EngineException.InvalidParameter.class)
                .hasMessageContaining("label dormouse.pass: systemd is not this machine's service manager");
    }

    @Test
    void aContainerThatHasItsSocketsIsNotRenamed() throws IOException {
        Map<String, String> labels = Map.of("dormouse.listen", "80", "dormouse.pass", "true");
        ContainerRecord web = container("web", labels);
        runtime.compile(web);
        inner.start(web);

        runtime.compile(web);
        assertThatThrownBy(() -> runtime.compile(web.withNames("shop", "shop")))
                .isInstanceOf(EngineException.Conflict.class)
                .hasMessageContaining("the container runs and has the sockets of service");
        assertThat(file("services/web.json")).isNotEmpty();
    }

    private ContainerRecord container(String name, Map<String, String> labels) {
        return container(name, labels, NetworkMode.HOST, new Port(80, Port.Protocol.TCP));
    }

    private ContainerRecord container(String name, Map<String, String> labels, NetworkMode network, Port... exposed) {
        ContainerConfig plain = ContainerRecords.config(List.of("sleep", "1"));
        ContainerConfig labelled = new ContainerConfig(
                plain.hostname(),
                plain.user(),
                plain.env(),
                plain.entrypoint(),
                plain.cmd(),
                plain.workingDir(),
                labels,
                Set.of(exposed),
                plain.stopSignal(),
                plain.stopTimeoutSeconds(),
                plain.healthcheck(),
                plain.image());
        ContainerRecord container = ContainerRecords.with(name, labelled, ContainerRecords.host(network));
        try {
            Files.createDirectories(
                    folder.resolve("containers").resolve(container.id().value()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return container;
    }

    private Path bootLink() {
        return folder.resolve("units/sockets.target.wants/" + SOCKET);
    }

    private Path warmLink() {
        return folder.resolve("units/timers.target.wants/dormouse-keepwarm@web.timer");
    }

    private String file(String path) throws IOException {
        return Files.readString(folder.resolve(path));
    }

    private List<String> dropIns() throws IOException {
        return written().stream()
                .map(Path::toString)
                .filter(file -> file.endsWith(".conf"))
                .toList();
    }

    /** Files of services. */
    private List<String> contents() throws IOException {
        List<String> contents = new ArrayList<>();
        for (Path file : written()) {
            contents.add(Files.readString(file));
        }
        return contents;
    }

    private List<Path> written() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(folder.resolve("containers")))
                    .toList();
        }
    }
}
