package dev.dormouse.units.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.units.service.ServiceDeclaration.Bonds;
import dev.dormouse.units.service.ServiceDeclaration.Front;
import dev.dormouse.units.service.ServiceDeclaration.Limits;
import dev.dormouse.units.service.ServiceDeclaration.Origin;
import dev.dormouse.units.service.ServiceDeclaration.Target;
import dev.dormouse.units.service.ServiceDeclaration.Times;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceFilesTest {
    private static final Bonds ALONE = new Bonds(List.of(), Optional.empty());

    @TempDir
    private Path folder;

    @Test
    void theProxyWakesTheContainerAndTheContainerHandsTheSocketsOver() throws IOException {
        files("web").write(content("web", "nginx", ALONE, false, "80"));

        assertThat(unit("dormouse-proxy@web.service.d/wake.conf"))
                .contains("Wants=dormouse-proxy@web.socket\n", "Wants=dormouse-container@nginx.service\n");
        assertThat(unit("dormouse-container@nginx.service.d/service-web.conf"))
                .contains("[Unit]\nWants=dormouse-proxy@web.service\n");
        assertThat(Files.readString(folder.resolve("services/web.json"))).isEqualTo("{}");
    }

    @Test
    void whoWaitsForOthersHasThemWokenAndItsContainerLeftToTheActivator() throws IOException {
        files("web").write(content("web", "web", new Bonds(List.of("db"), Optional.of("shop")), false, "80"));

        assertThat(unit("dormouse-proxy@web.service.d/wake.conf"))
                .contains("Wants=dormouse-proxy@db.service\n", "Wants=dormouse-group@shop.target\n")
                .doesNotContain("dormouse-container@");
        assertThat(unit("dormouse-group@shop.target.d/service-web.conf"))
                .contains("Wants=dormouse-proxy@web.service\n");
    }

    @Test
    void aPausedServiceWakesNothing() throws IOException {
        files("web").write(content("web", "web", new Bonds(List.of(), Optional.of("shop")), true, "80"));

        assertThat(unit("dormouse-proxy@web.service.d/wake.conf"))
                .doesNotContain("dormouse-container@", "dormouse-group@");
    }

    @Test
    void everyIpv6AddressIsKeptApartFromAnIpv4OneOfTheSamePort() throws IOException {
        files("web").write(content("web", "web", ALONE, false, "[::]:80", "127.0.0.1:80", "81"));

        assertThat(unit("dormouse-proxy@web.socket.d/listen.conf"))
                .containsSubsequence(
                        "BindIPv6Only=ipv6-only\n",
                        "ListenStream=[::]:80\n",
                        "ListenStream=127.0.0.1:80\n",
                        "ListenStream=0.0.0.0:81\n",
                        "ListenStream=[::]:81\n");
    }

    @Test
    void withoutSuchAnAddressSystemdDecides() throws IOException {
        files("web").write(content("web", "web", ALONE, false, "80", "[::]:81", "127.0.0.1:82"));

        assertThat(unit("dormouse-proxy@web.socket.d/listen.conf"))
                .doesNotContain("BindIPv6Only=")
                .containsSubsequence("ListenStream=80\n", "ListenStream=[::]:81\n", "ListenStream=127.0.0.1:82\n");
    }

    @Test
    void whatIsNotWantedAnyMoreGoesAndOthersFilesStay() throws IOException {
        files("web").write(content("web", "nginx", new Bonds(List.of(), Optional.of("shop")), false, "80"));
        files("web2").write(content("web2", "nginx", ALONE, false, "81"));
        ServiceFiles.Content before = files("web").read();

        files("web").write(content("web", "other", ALONE, false, "80"));
        assertThat(folder.resolve("units/dormouse-group@shop.target.d")).doesNotExist();
        assertThat(folder.resolve("units/dormouse-container@nginx.service.d/service-web.conf"))
                .doesNotExist();
        assertThat(folder.resolve("units/dormouse-container@nginx.service.d/service-web2.conf"))
                .exists();

        files("web").write(before);
        assertThat(files("web").read()).isEqualTo(before);
        assertThat(folder.resolve("units/dormouse-container@other.service.d")).doesNotExist();

        files("web").write(ServiceFiles.Content.NONE);
        files("web2").write(ServiceFiles.Content.NONE);
        try (Stream<Path> left = Files.walk(folder).filter(Files::isRegularFile)) {
            assertThat(left).isEmpty();
        }
        assertThat(folder.resolve("units")).isEmptyDirectory();
    }

    @Test
    void whatOnlyTheProberSeesIsMarkedByTheContainer() {
        files("web").write(declared("web", "nginx", "log:up", ALONE, false, "80"));
        assertThat(folder.resolve("services/nginx@web.probe")).exists();

        files("web").write(declared("web", "other", "command:true", ALONE, false, "80"));
        assertThat(folder.resolve("services/nginx@web.probe")).doesNotExist();
        assertThat(folder.resolve("services/other@web.probe")).exists();

        files("web").write(declared("web", "other", "health", ALONE, false, "80"));
        assertThat(folder.resolve("services/other@web.probe")).doesNotExist();
    }

    @Test
    void aDeclarationThatCannotBeIsRefused() {
        assertThatThrownBy(() ->
                        new Front(List.of(ListenAddress.parse("80"), ListenAddress.parse("80")), SocketAccess.STANDARD))
                .hasMessage("80 is given twice");
        assertThatThrownBy(() -> new Front(
                        List.of(ListenAddress.parse("80")),
                        new SocketAccess(Optional.of("0600"), Optional.empty(), Optional.empty())))
                .hasMessageContaining("no path is listened on");
        assertThatThrownBy(() -> new SocketAccess(Optional.of("rw"), Optional.empty(), Optional.empty()))
                .hasMessageContaining("three octal digits");
        assertThatThrownBy(() -> new SocketAccess(Optional.empty(), Optional.of("a\nb"), Optional.empty()))
                .isInstanceOf(DeclarationException.class);
        assertThatThrownBy(() -> new Bonds(List.of("a b"), Optional.empty())).hasMessageContaining("'a b'");
    }

    private ServiceFiles files(String name) {
        return new ServiceFiles(folder.resolve("services"), folder.resolve("units"), name);
    }

    private ServiceFiles.Content content(String name, String container, Bonds bonds, boolean paused, String... listen) {
        return declared(name, container, "listening", bonds, paused, listen);
    }

    private ServiceFiles.Content declared(
            String name, String container, String ready, Bonds bonds, boolean paused, String... listen) {
        ServiceDeclaration declaration = new ServiceDeclaration(
                name,
                new Target(container, 80, ready),
                new Front(Stream.of(listen).map(ListenAddress::parse).toList(), SocketAccess.STANDARD),
                new Times("10m", "0s", "1m", SleepRules.NONE),
                Limits.STANDARD,
                bonds,
                Origin.ENABLE,
                paused,
                Edge.PLAIN);
        return files(name).content(declaration, "{}");
    }

    private String unit(String path) throws IOException {
        return Files.readString(folder.resolve("units").resolve(path));
    }
}
