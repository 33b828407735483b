package dev.dormouse.units.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootLinksTest {
    private static final String UNIT = "dormouse-proxy@web.socket";
    private static final Path TEMPLATE = Path.of("/usr/lib/systemd/system/dormouse-proxy@.socket");

    @TempDir
    private Path units;

    @Test
    void aLinkIsMadeOnceAndRemovedOnce() throws IOException {
        BootLinks links = BootLinks.ofSockets(units);
        assertThat(links.has(UNIT)).isFalse();
        links.make(UNIT, TEMPLATE);
        links.make(UNIT, TEMPLATE);
        assertThat(links.has(UNIT)).isTrue();
        assertThat(Files.readSymbolicLink(units.resolve("sockets.target.wants/" + UNIT)))
                .isEqualTo(TEMPLATE);
        links.remove(UNIT);
        links.remove(UNIT);
        assertThat(links.has(UNIT)).isFalse();
        assertThat(units.resolve("sockets.target.wants")).isEmptyDirectory();
    }

    @Test
    void aTimersIsOfAnotherTarget() {
        String timer = "dormouse-keepwarm@web.timer";
        BootLinks.ofTimers(units).make(timer, TEMPLATE);
        assertThat(units.resolve("timers.target.wants/" + timer)).isSymbolicLink();
        assertThat(BootLinks.ofSockets(units).has(timer)).isFalse();
    }

    @Test
    void whatCannotBeWrittenIsSaid() throws IOException {
        Files.writeString(units.resolve("sockets.target.wants"), "");
        assertThatThrownBy(() -> BootLinks.ofSockets(units).make(UNIT, TEMPLATE))
                .isInstanceOf(DeclarationException.class)
                .hasMessageContaining("sockets.target.wants");
    }

    @Test
    void theTemplatesSayTheseTargets() throws IOException {
        for (String unit : new String[] {"dormouse-proxy@.socket", "dormouse-pause@.service"}) {
            assertThat(Path.of("src/main/systemd/system", unit)).content().contains("\nWantedBy=sockets.target\n");
        }
        assertThat(Path.of("src/main/systemd/system/dormouse-keepwarm@.timer"))
                .content()
                .contains("\nWantedBy=timers.target\n");
    }
}
