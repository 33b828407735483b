package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees who opens the address of a slow service. */
@ExtendWith(LeavesNothing.class)
class WaitingPageIT {
    /** Written to the container's page by a script only, so that the text is not in its source. */
    private static final String SCRIPTED = "scripted";

    @Test
    void aBrowserWithoutScriptsShowsTheWaitingPageAndThenTheContainersByItself(@TempDir Path gate) throws IOException {
        BusyboxImage.load();
        Shell.run(
                "docker",
                "create",
                "--name",
                "slow",
                "--stop-signal",
                "KILL",
                "--volume",
                gate + ":/gate:ro",
                "busybox",
                "sh",
                "-c",
                """
                echo '<!DOCTYPE html><p>it is me, <script>document.write("scr" + "ipted")</script></p>' >/tmp/index.html
                until [ -e /gate/open ]; do sleep 0.1; done
                exec httpd -f -p 80 -h /tmp
                """);
        Shell.run(
                "dormouse",
                "enable",
                "slow",
                "--listen",
                "8045",
                "--port",
                "80",
                "--idle",
                "10m",
                "--waiting-page",
                "200ms");
        try (NginxService service = new NginxService("slow", 8045);
                Chromium browser = Chromium.start()) {
            browser.open("http://127.0.0.1:" + service.port() + "/");
            assertThat(browser.awaitLoaded("slow is waking up")).contains("This page shows it as soon as it is ready");
            browser.awaitLoaded("slow is waking up");

            Files.createFile(gate.resolve("open"));
            assertThat(browser.awaitLoaded("it is me")).doesNotContain(SCRIPTED);
        }
    }
}
