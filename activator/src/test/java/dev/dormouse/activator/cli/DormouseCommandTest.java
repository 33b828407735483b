package dev.dormouse.activator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.activator.config.Folders;
import dev.dormouse.activator.config.ServiceConfig;
import dev.dormouse.activator.status.StatusDocument;
import dev.dormouse.units.service.ListenTrouble;
import dev.dormouse.units.service.PortOwner;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DormouseCommandTest {
    private static final String SOCKET = "dormouse-proxy@nginx.socket";
    private static final String PROXY = "dormouse-proxy@nginx.service";
    private static final String CONTAINER = "dormouse-container@nginx.service";

    private final FakeUnits units = new FakeUnits();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Optional<StatusDocument> activator = Optional.empty();
    private boolean root = true;

    @TempDir
    private Path folder;

    @BeforeEach
    void makeContainer() throws IOException {
        container("nginx", "\"address\": \"172.17.0.2\",", "[80]");
    }

    @Test
    void enableWritesTheServiceAndItsSocketAndStartsIt() throws IOException {
        assertThat(run("enable", "nginx", "--listen", "80", "--listen", "[::1]:8080", "--listen", "/run/n.sock"))
                .as(err.toString())
                .isZero();

        assertThat(Files.readString(dropIn()))
                .contains("[Socket]\nListenStream=80\nListenStream=[::1]:8080\nListenStream=/run/n.sock\n");
        assertThat(Files.readString(service()))
                .contains("\"port\" : 80", "\"idle\" : \"10m\"", "\"ready\" : \"auto\"", "\"deadline\" : \"1m\"");
        assertThat(units.calls).containsSubsequence("reload", "enable " + SOCKET, "start " + SOCKET);
        assertThat(out.toString()).contains("enabled nginx: listening on 80, [::1]:8080, /run/n.sock");
    }

    @Test
    void enablingAgainChangesIt() throws IOException {
        run("enable", "nginx", "--listen", "80");
        units.calls.clear();

        assertThat(run("enable", "nginx", "--listen", "81", "--idle", "5s")).isZero();

        assertThat(Files.readString(dropIn())).contains("ListenStream=81").doesNotContain("ListenStream=80");
        assertThat(units.calls).containsSubsequence("stop " + SOCKET, "stop " + PROXY, "reload", "start " + SOCKET);
        assertThat(out.toString()).contains("changed nginx");
    }

    @Test
    void ifTheSocketDoesNotStartNothingRemains() {
        units.startFailure = Optional.of("Job for " + SOCKET + " failed.");

        assertThat(run("enable", "nginx", "--listen", "203.0.113.9:80")).isEqualTo(1);

        assertThat(err.toString())
                .contains(
                        "cannot enable nginx: cannot listen on 203.0.113.9:80: Cannot assign requested address",
                        "nothing has been changed");
        assertThat(service()).doesNotExist();
        assertThat(dropIn().getParent()).doesNotExist();
        assertThat(units.calls).containsSubsequence("start " + SOCKET, "disable " + SOCKET, "reload");
    }

    @Test
    void ifTheAddressesAreFreeSystemdsOwnWordsAreTold() {
        units.startFailure = Optional.of("Job for " + SOCKET + " failed.");
        units.journal.add(SOCKET + ": Failed to create listening socket (/run/n.sock): No such device or address");

        assertThat(run("enable", "nginx", "--listen", "/run/n.sock")).isEqualTo(1);

        assertThat(err.toString()).contains("(/run/n.sock): No such device or address");
    }

    @Test
    void ifAChangedSocketDoesNotStartTheOldOneListensAgain() throws IOException {
        run("enable", "nginx", "--listen", "80");
        String before = Files.readString(service());
        units.states.put(SOCKET, "active");
        units.startFailure = Optional.of("Job failed.");
        units.calls.clear();

        assertThat(run("enable", "nginx", "--listen", "10.9.9.9:80")).isEqualTo(1);

        assertThat(Files.readString(service())).isEqualTo(before);
        assertThat(Files.readString(dropIn())).contains("ListenStream=80\n");
        assertThat(units.calls).endsWith("reload", "start " + SOCKET);
        assertThat(err.toString()).contains("it is as it was before");
    }

    @Test
    void aContainerThatTheEngineDoesNotKnowIsAnError() {
        assertThat(run("enable", "redis", "--listen", "80")).isEqualTo(1);

        assertThat(err.toString()).contains("no container named redis", "docker create --name redis");
        assertThat(units.calls).isEmpty();
    }

    @Test
    void withSeveralExposedPortsOneMustBeNamed() throws IOException {
        container("nginx", "\"address\": \"172.17.0.2\",", "[80, 443]");
        assertThat(run("enable", "nginx", "--listen", "80")).isEqualTo(1);
        assertThat(err.toString()).contains("exposes ports 80, 443; say which with --port");

        assertThat(run("enable", "nginx", "--listen", "80", "--port", "443")).isZero();
    }

    @Test
    void aUdpServiceIsDeclaredAndItsPortFound() throws IOException {
        container("nginx", "\"address\": \"172.17.0.2\", \"udpPorts\": [53],", "[53, 80]");

        assertThat(run("enable", "nginx", "--listen", "53/udp", "--listen", "[::1]:53", "--udp-timeout", "1m"))
                .as(err.toString())
                .isZero();
        assertThat(Files.readString(dropIn()))
                .contains("ListenDatagram=53\n", "ListenStream=[::1]:53\n", "PassPacketInfo=yes\n");
        assertThat(ServiceConfig.read(service(), "nginx").edge().udpTimeout()).contains("1m");
        assertThat(ServiceConfig.read(service(), "nginx").takesDatagrams()).isTrue();
        assertThat(ServiceConfig.read(service(), "nginx").takesStreams()).isTrue();
    }

    @Test
    void whatDoesNotGoWithUdpChangesNothing() throws IOException {
        container("nginx", "\"address\": \"172.17.0.2\",", "[80]");

        assertThat(run("enable", "nginx", "--listen", "53/udp")).isEqualTo(1);
        assertThat(err.toString()).contains("exposes no UDP port; say which with --port");
        assertThat(run("enable", "nginx", "--listen", "53/udp", "--port", "53", "--proxy-protocol", "v2"))
                .isPositive();
        assertThat(err.toString()).contains("proxy-protocol does not go with UDP (53/udp)");
        assertThat(run("enable", "nginx", "--listen", "53/udp", "--port", "53", "--udp-timeout", "1ms"))
                .isPositive();
        assertThat(err.toString()).contains("--udp-timeout");
        assertThat(run("enable", "nginx", "--listen", "/run/x.sock/udp")).isPositive();
        assertThat(err.toString()).contains("--listen: '/run/x.sock/udp': a unix socket takes streams alone");
        assertThat(units.calls).isEmpty();
        assertThat(service()).doesNotExist();
    }

    @Test
    void withNoExposedPortOneMustBeNamed() throws IOException {
        container("nginx", "\"address\": \"172.17.0.2\",", "[]");

        assertThat(run("enable", "nginx", "--listen", "80")).isEqualTo(1);
        assertThat(err.toString()).contains("exposes no TCP port; say which with --port");
    }

    @Test
    void aContainerWithoutNetworkIsRefused() throws IOException {
        container("nginx", "", "[80]");

        assertThat(run("enable", "nginx", "--listen", "80")).isEqualTo(1);
        assertThat(err.toString()).contains("has no network (--network none)");
    }

    @Test
    void wrongArgumentsAreUsageErrorsThatSayWhatIsAllowed() {
        assertThat(run("enable", "nginx", "--listen", "0")).isEqualTo(2);
        assertThat(run("enable", "nginx", "--listen", "localhost:80")).isEqualTo(2);
        assertThat(run("enable", "nginx", "--listen", "80", "--idle", "soon")).isEqualTo(2);
        assertThat(run("enable", "nginx", "--listen", "80", "--ready", "maybe")).isEqualTo(2);
        assertThat(run("enable", "nginx", "--listen", "80", "--port", "70000")).isEqualTo(2);
        assertThat(run("enable", "../etc", "--listen", "80")).isEqualTo(2);
        assertThat(run("enable", "nginx")).isEqualTo(2);
        assertThat(run()).isEqualTo(2);

        assertThat(err.toString())
                .contains(
                        "no port from 1 to 65535 in '0'",
                        "systemd takes no host names",
                        "--idle: 'soon' is not allowed",
                        "--ready: 'maybe' is no way to be ready: auto, health, listening, tcp, http:/path",
                        "--port: 70000",
                        "'../etc' cannot be a container's name",
                        "--listen",
                        "enable, disable, list, status");
        assertThat(units.calls).isEmpty();
    }

    @Test
    void aReadinessThatOnlyRootSeesHasTheContainersStartAskForTheProber() {
        Path probe = folder.resolve("services/nginx@nginx.probe");
        assertThat(run("enable", "nginx", "--listen", "80", "--ready", "log:is up"))
                .as(err.toString())
                .isZero();
        assertThat(probe).exists();

        assertThat(run("enable", "nginx", "--listen", "80")).isZero();
        assertThat(probe).doesNotExist();
    }

    @Test
    void theProberIsAskedToLookAgainAtAContainerThatRuns() throws IOException {
        Files.createDirectories(folder.resolve("run/units"));
        Files.writeString(folder.resolve("run/units/nginx"), "00\n");
        Path request = folder.resolve("run/probes/nginx");
        run("enable", "nginx", "--listen", "80");
        assertThat(request).as("nothing to be seen by it").doesNotExist();

        run("enable", "nginx", "--listen", "80", "--ready", "command:true");
        assertThat(request).hasContent("00 0\n");
        Object first = Files.getAttribute(request, "unix:ino");
        run("enable", "nginx", "--listen", "80", "--ready", "command:false");
        assertThat(Files.getAttribute(request, "unix:ino")).isNotEqualTo(first);
    }

    @Test
    void aHealthCheckThatTheContainerDoesNotHaveIsNotWaitedFor() {
        assertThat(run("enable", "nginx", "--listen", "80", "--ready", "health"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("--ready health: container nginx has no health check");
        assertThat(service()).doesNotExist();
    }

    @Test
    void onlyRootMayChangeServices() {
        root = false;

        assertThat(run("enable", "nginx", "--listen", "80")).isEqualTo(1);
        assertThat(run("disable", "nginx")).isEqualTo(1);
        assertThat(err.toString()).contains("must run as root");
        assertThat(units.calls).isEmpty();
    }

    @Test
    void disableLeavesNothing() throws IOException {
        run("enable", "nginx", "--listen", "80");
        units.calls.clear();

        assertThat(run("disable", "nginx")).isZero();

        assertThat(units.calls).containsSubsequence("stop " + SOCKET, "stop " + PROXY, "disable " + SOCKET, "reload");
        assertThat(units.calls).as("it slept").doesNotContain("stop " + CONTAINER);
        try (Stream<Path> files = Files.walk(folder.resolve("units"))) {
            assertThat(files).containsExactly(folder.resolve("units"));
        }
        assertThat(service()).doesNotExist();
    }

    @Test
    void disableStopsAContainerThatIsAwakeAndSaysSo() {
        run("enable", "nginx", "--listen", "80");
        units.states.put(PROXY, "active");

        assertThat(run("disable", "nginx")).isZero();

        assertThat(units.calls).containsSubsequence("stop " + PROXY, "stop " + CONTAINER);
        assertThat(out.toString()).contains("its container was awake and has been stopped");
    }

    @Test
    void disableKeepsTheAdministratorsOwnDropIns() throws IOException {
        run("enable", "nginx", "--listen", "80");
        Path own = Files.writeString(dropIn().resolveSibling("own.conf"), "[Socket]\n");

        assertThat(run("disable", "nginx")).isZero();
        assertThat(own).exists();
    }

    @Test
    void disableOfAnUnknownServiceIsAnError() {
        assertThat(run("disable", "nginx")).isEqualTo(3);
        assertThat(err.toString()).contains("no service named nginx");
    }

    @Test
    void statusIsAnAlignedTable() throws IOException {
        container("redis-1", "\"address\": \"172.17.0.3\",", "[6379]");
        run("enable", "nginx", "--listen", "80");
        run("enable", "redis-1", "--listen", "6379");
        units.states.put(SOCKET, "active");
        units.states.put(CONTAINER, "active");
        activator = Optional.of(
                new StatusDocument(1, List.of(new StatusDocument.Service("nginx", "awake", 12, 0, List.of()))));
        out.getBuffer().setLength(0);

        assertThat(run("status")).isZero();

        assertThat(out.toString().lines())
                .containsExactly(
                        "NAME      STATE   LISTEN   CONTAINER   CONNECTIONS   LAST WAKE",
                        "nginx     awake   80       active      12            -",
                        "redis-1   off     6379     inactive    0             -");
    }

    @Test
    void statusSpeaksJson() {
        run("enable", "nginx", "--listen", "80");
        units.states.put(SOCKET, "active");
        out.getBuffer().setLength(0);

        assertThat(run("status", "--json", "nginx")).isZero();

        assertThat(out.toString()).contains("\"name\" : \"nginx\"", "\"state\" : \"dormant\"", "\"connections\" : 0");
    }

    @Test
    void statusOfOneTellsItsLastWake() {
        run("enable", "nginx", "--listen", "80");
        activator = Optional.of(new StatusDocument(
                1,
                List.of(new StatusDocument.Service(
                        "nginx", "awake", 1, 0, List.of(new StatusDocument.Wake(0, 31, -1, 43, 44))))));
        out.getBuffer().setLength(0);

        assertThat(run("status", "nginx")).isZero();

        assertThat(out.toString())
                .contains("last wake: queue 0 ms, create 31 ms, unit unknown, ready 43 ms, first byte 44 ms after");
    }

    @Test
    void watchingNeedsATerminal() {
        assertThat(run("status", "--watch")).isEqualTo(1);
        assertThat(err.toString()).contains("--watch draws in a terminal, and this is none");
        assertThat(run("status", "--watch", "--json")).isEqualTo(2);
    }

    @Test
    void howClientsAreMetIsWrittenAndChecked() throws IOException {
        assertThat(run(
                        "enable",
                        "nginx",
                        "--listen",
                        "80",
                        "--allow-from",
                        "10.0.0.0/8,::1",
                        "--allow-host",
                        "*.a.example",
                        "--min-bytes",
                        "9",
                        "--waiting-page",
                        "1500ms",
                        "--proxy-protocol",
                        "v2"))
                .isZero();
        assertThat(Files.readString(service()))
                .contains(
                        "\"allowFrom\" : [ \"10.0.0.0/8\", \"0:0:0:0:0:0:0:1/128\" ]",
                        "\"allowHost\" : [ \"*.a.example\" ]")
                .contains("\"minBytes\" : 9", "\"waitingPage\" : \"1500ms\"", "\"proxyProtocol\" : \"v2\"");
        assertThat(run("enable", "nginx", "--listen", "80", "--allow-from", "10.0.0.0/33"))
                .isNotZero();
        assertThat(err.toString()).contains("--allow-from: '10.0.0.0/33'");
        assertThat(run("enable", "nginx", "--listen", "80", "--waiting-page", "2h"))
                .isNotZero();
        assertThat(err.toString()).contains("--waiting-page");
        assertThat(run("enable", "nginx", "--listen", "80", "--min-bytes", "0")).isNotZero();
        assertThat(err.toString()).contains("--min-bytes: 0 is not a number of bytes from 1 to 16384");
    }

    @Test
    void limitsAreWrittenAndChecked() throws IOException {
        assertThat(run("enable", "nginx", "--listen", "80", "--queue-deadline", "5s", "--connections-max", "7"))
                .isZero();
        assertThat(Files.readString(service()))
                .contains("\"queueDeadline\" : \"5s\"", "\"unitDeadline\" : \"1m\"", "\"connectionsMax\" : 7");
        assertThat(run("enable", "nginx", "--listen", "80", "--connections-max", "0"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--connections-max: 0 is not a number from 1 to 1000000");
        assertThat(run("enable", "nginx", "--listen", "80", "--unit-deadline", "soon"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--unit-deadline");
    }

    @Test
    void whatKeepsItAwakeIsWrittenAndItsTimerComesAndGoes() throws IOException {
        String timer = "dormouse-keepwarm@nginx.timer";
        assertThat(run(
                        "enable",
                        "nginx",
                        "--listen=80",
                        "--freeze-after=30s",
                        "--idle-cpu=20",
                        "--idle-veto=test -e /quiet",
                        "--keep-warm=Mon..Fri 08:00-18:00",
                        "--keep-warm=Sat 10:00-12:00 UTC"))
                .as(err.toString())
                .isZero();
        assertThat(Files.readString(service()))
                .contains(
                        "\"freeze\" : \"30s\"",
                        "\"idleCpu\" : 20",
                        "\"idleVeto\" : \"test -e /quiet\"",
                        "\"Mon..Fri 08:00-18:00\", \"Sat 10:00-12:00 UTC\"");
        assertThat(service().resolveSibling("nginx@nginx.veto")).hasContent("'/bin/sh' '-c' 'test -e /quiet'");
        assertThat(units.calls).containsSubsequence("reload", "enable " + timer, "start " + timer);
        assertThat(run("status", "nginx")).isZero();
        assertThat(out.toString())
                .contains(
                        "sleep: frozen after 30s",
                        "sleep: awake while it uses 20% of a processor",
                        "sleep: asks test -e /quiet",
                        "sleep: kept warm Sat 10:00-12:00 UTC");
        units.calls.clear();

        assertThat(run("enable", "nginx", "--listen=80")).isZero();

        assertThat(units.calls).contains("stop " + timer, "disable " + timer).doesNotContain("start " + timer);
        assertThat(service().resolveSibling("nginx.warm")).doesNotExist();
        assertThat(service().resolveSibling("nginx@nginx.veto")).doesNotExist();
    }

    @Test
    void whatCannotKeepItAwakeIsRefusedByOption() {
        assertThat(run("enable", "nginx", "--listen=80", "--freeze-after=10m")).isEqualTo(2);
        assertThat(run("enable", "nginx", "--listen=80", "--idle-cpu=0")).isEqualTo(2);
        assertThat(run("enable", "nginx", "--listen=80", "--idle-veto=[\"\"]")).isEqualTo(2);
        assertThat(run("enable", "nginx", "--listen=80", "--keep-warm=daily")).isEqualTo(2);

        assertThat(err.toString())
                .contains(
                        "--freeze-after: '10m' must be shorter than --idle, 10m",
                        "--idle-cpu: '0' is not a percentage of one processor, a whole number from 1 to 10000",
                        "--idle-veto: '[\"\"]' is no command",
                        "--keep-warm: 'daily' is no time of the week");
        assertThat(units.calls).isEmpty();
    }

    @Test
    void statusOfAnUnknownServiceIsAnError() {
        assertThat(run("status", "nginx")).isEqualTo(3);
        assertThat(err.toString()).contains("no service named nginx");
    }

    private int run(String... arguments) {
        Host host = new Host(
                new Folders(folder.resolve("services"), folder.resolve("wake"), folder.resolve("run")),
                folder.resolve("units"),
                units,
                new ListenTrouble(new PortOwner(folder.resolve("proc"))),
                () -> activator,
                () -> root,
                () -> {});
        CommandLine line = DormouseCommand.commandLine(host);
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private Path service() {
        return folder.resolve("services/nginx.json");
    }

    private Path dropIn() {
        return folder.resolve("units/" + SOCKET + ".d/listen.conf");
    }

    private void container(String name, String address, String ports) throws IOException {
        Files.createDirectories(folder.resolve("wake"));
        Files.writeString(folder.resolve("wake/" + name + ".json"), """
                {"schema": 1, "name": "%s", "container": "00", %s "ports": %s,
                 "runtimeFolder": "/run/dormouse/containers/00", "healthcheck": false}
                """.formatted(name, address, ports));
    }
}
