package dev.dormouse.activator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.units.service.ExposedPorts;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFilesTest {
    private static final String SERVICE = """
            {"schema": 1, "name": "nginx", "listen": ["80"], "port": 80, "idle": "10m", "ready": "http:/health,200-299",
             "deadline": "60s", "later": {"what": ["ever", 1]}}
            """;
    private static final String FACTS = """
            {"schema": 1, "name": "nginx", "container": "00", "address": "172.17.0.2", "ports": [80, 443],
             "runtimeFolder": "/run/dormouse/containers/00", "healthcheck": false}
            """;

    @TempDir
    private Path folder;

    @Test
    void aServiceIsReadAndUnknownFieldsLetPass() throws IOException {
        assertThat(ServiceConfig.read(file(SERVICE), "nginx"))
                .isEqualTo(new ServiceConfig(
                        "nginx",
                        List.of("80"),
                        80,
                        Duration.ofMinutes(10),
                        new Readiness.Http("/health", "200-299"),
                        Duration.ofSeconds(60)));
    }

    @Test
    void limitsAreRead() throws IOException {
        String limited = SERVICE.strip()
                .replaceFirst(
                        "\\}$",
                        ", \"queueDeadline\": \"5s\", \"unitDeadline\": \"7s\", \"connectionsMaxPerSource\": 4,"
                                + " \"connectionsMax\": 9}");
        assertThat(ServiceConfig.read(file(limited), "nginx").limits())
                .isEqualTo(new ServiceLimits(
                        Duration.ofSeconds(5), Duration.ofSeconds(7), OptionalInt.of(9), OptionalInt.of(4)));
        assertThatThrownBy(() -> ServiceConfig.read(file(limited.replace(": 9", ": 0")), "nginx"))
                .hasMessageContaining("connectionsMax must be a whole number from 1 to 1000000");
        assertThatThrownBy(() -> ServiceConfig.read(file(limited.replace(": 4", ": 0")), "nginx"))
                .hasMessageContaining("connectionsMaxPerSource must be a whole number from 1 to 1000000");
    }

    @Test
    void aContainersFactsAreRead() throws IOException {
        ContainerFacts facts = ContainerFacts.read(file(FACTS), "nginx");

        assertThat(facts.address()).contains(InetAddress.ofLiteral("172.17.0.2"));
        assertThat(facts.ports()).isEqualTo(new ExposedPorts(List.of(80, 443), List.of()));
        assertThat(facts.startedFile()).isEqualTo(Path.of("/run/dormouse/containers/00/started"));
    }

    @Test
    void everyWayToBeReadyIsWrittenAsItIsRead() {
        for (String way : List.of(
                "auto",
                "health",
                "listening",
                "tcp",
                "http:/a,200",
                "command:test -e /a: b",
                "command:[\"a\"]",
                "log:a: b")) {
            assertThat(Readiness.parse(way)).hasToString(way);
        }
    }

    @Test
    void withoutNetworkThereIsNoAddress() throws IOException {
        Path file = file(FACTS.replace("\"address\": \"172.17.0.2\", ", ""));

        assertThat(ContainerFacts.read(file, "nginx").address()).isEmpty();
    }

    @Test
    void anErrorNamesTheFileTheFieldAndWhatIsAllowed() throws IOException {
        assertServiceError("\"port\": 80", "\"port\": 0", "port must be a whole number from 1 to 65535");
        assertServiceError("\"port\": 80", "\"port\": \"80\"", "port must be a whole number");
        assertServiceError("[\"80\"]", "[80]", "listen must be a list of texts");
        assertServiceError("10m", "soon", "idle: 'soon' is not allowed");
        assertServiceError("http:/health,200-299", "http", "listening, tcp, http:/path");
        assertServiceError("http:/health,200-299", "http:/health,20", "list of HTTP statuses");
        assertServiceError("http:/health,200-299", "command: ", "command: must be followed by a command");
        assertServiceError("http:/health,200-299", "command:[1]", "must be a JSON list of texts");
        assertServiceError("http:/health,200-299", "command:[]", "must be a JSON list of texts");
        assertServiceError("http:/health,200-299", "log:", "log: must be followed by a regular expression");
        assertServiceError("http:/health,200-299", "log:(", "log: '(' is no regular expression: Unclosed group");
        assertServiceError("\"nginx\"", "\"redis\"", "name must be nginx");
        assertServiceError("\"schema\": 1", "\"schema\": 2", "has schema 2, this version knows 1");
        assertServiceError("}", "", "is not valid JSON");
        assertServiceError(SERVICE.strip(), "[]", "must hold one JSON object");
    }

    @Test
    void aWrongAddressOrFolderIsAnError() throws IOException {
        Path address = file(FACTS.replace("172.17.0.2", "somewhere"));
        assertThatThrownBy(() -> ContainerFacts.read(address, "nginx"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("address must be an IP address");
        Path relative = file(FACTS.replace("/run/dormouse", "run/dormouse"));
        assertThatThrownBy(() -> ContainerFacts.read(relative, "nginx"))
                .hasMessageContaining("runtimeFolder must be an absolute path");
        Path ports = file(FACTS.replace("443", "70000"));
        assertThatThrownBy(() -> ContainerFacts.read(ports, "nginx"))
                .hasMessageContaining("ports must be a list of ports from 1 to 65535");
    }

    @Test
    void aMissingFileIsAnError() {
        Path missing = folder.resolve("missing.json");

        assertThatThrownBy(() -> ServiceConfig.read(missing, "nginx"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("there is no " + missing);
    }

    private void assertServiceError(String replaced, String by, String message) throws IOException {
        Path file = file(SERVICE.replace(replaced, by));
        assertThatThrownBy(() -> ServiceConfig.read(file, "nginx"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(message);
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("nginx.json"), content);
    }
}
