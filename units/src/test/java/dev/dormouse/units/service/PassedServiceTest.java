package dev.dormouse.units.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.units.service.ServiceDeclaration.Front;
import dev.dormouse.units.service.ServiceDeclaration.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PassedServiceTest {
    @TempDir
    private Path folder;

    @Test
    void theSocketStartsTheContainerAndTheContainerHasTheSocket() throws IOException {
        files().write(files().content(service("nginx", "80", "/run/web.sock"), "{}"));

        assertThat(unit("dormouse-proxy@web.socket.d/listen.conf"))
                .contains(
                        "ListenStream=80\nListenStream=/run/web.sock\n", "Service=dormouse-container@nginx.service\n");
        assertThat(unit("dormouse-container@nginx.service.d/passed-web.conf"))
                .contains("[Service]\nSockets=dormouse-proxy@web.socket\n");
        assertThat(folder.resolve("units/dormouse-proxy@web.service.d")).doesNotExist();
    }

    @Test
    void anotherContainerTakesItOverAndNothingIsLeft() throws IOException {
        files().write(files().content(service("nginx", "80"), "{}"));
        files().write(files().content(service("apache", "80"), "{}"));

        assertThat(unit("dormouse-container@apache.service.d/passed-web.conf")).isNotEmpty();
        assertThat(folder.resolve("units/dormouse-container@nginx.service.d")).doesNotExist();
        files().write(ServiceFiles.Content.NONE);
        try (Stream<Path> left = Files.list(folder.resolve("units"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void itsFileSaysThatTheSocketsArePassed() {
        assertThat(service("nginx", "80").fields())
                .containsEntry("pass", true)
                .containsEntry("container", "nginx")
                .containsEntry("listen", List.of("80"))
                .doesNotContainKeys("port", "idle", "ready");
    }

    @Test
    void asManySocketsAsAShellCanName() {
        assertThat(service("web", "1", "2", "3", "4", "5", "6").front().sockets())
                .isEqualTo(6);
        assertThatThrownBy(() -> service("web", "1", "2", "3", "4", "5", "6", "7"))
                .isInstanceOf(DeclarationException.class)
                .hasMessage("container web would be passed 7 sockets: 6 are the most");
        assertThatThrownBy(() -> service("web", "[::]:80", "127.0.0.1:80", "1", "2", "3"))
                .as("each of the three ports is a socket of either family")
                .isInstanceOf(DeclarationException.class)
                .hasMessageContaining("8 sockets");
    }

    private static PassedService service(String container, String... listen) {
        return new PassedService(
                "web",
                container,
                new Front(
                        Stream.of(listen).map(ListenAddress::parse).toList(),
                        new SocketAccess(Optional.empty(), Optional.empty(), Optional.empty())),
                Origin.ENABLE);
    }

    private ServiceFiles files() {
        return new ServiceFiles(folder.resolve("services"), folder.resolve("units"), "web");
    }

    private String unit(String path) throws IOException {
        return Files.readString(folder.resolve("units").resolve(path));
    }
}
