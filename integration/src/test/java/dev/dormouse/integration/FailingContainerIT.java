package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A container that cannot start costs its clients a prompt close and everybody else nothing. */
@ExtendWith(LeavesNothing.class)
class FailingContainerIT {
    @Test
    void clientsAreClosedTheJournalSaysWhyAndTheSocketStays() throws Exception {
        BusyboxImage.load();
        Shell.run("docker", "create", "--name", "broken", "--expose", "80", "busybox", "/no/such/program");
        Shell.run("dormouse", "enable", "broken", "--listen", "8010", "--idle", "10m", "--deadline", "2s");
        NginxService broken = new NginxService("broken", 8010);
        try (broken) {
            for (int attempt = 0; attempt < 3; attempt++) {
                long start = System.nanoTime();
                assertThatThrownBy(() -> broken.get().send()).isInstanceOf(IOException.class);
                assertThat(System.nanoTime() - start).as("ns until the close").isLessThan(20_000_000_000L);
                assertThat(SystemUnit.socket("broken").isActive())
                        .as("the socket never fails")
                        .isTrue();
            }
            String said = Shell.run(
                    "journalctl", "--quiet", "--output=cat", "--unit=dormouse-activator.service", "--grep=broken");
            assertThat(said).contains("dormouse-container@broken.service");
            assertThat(Shell.run(
                            "journalctl",
                            "--quiet",
                            "--output=cat",
                            "--unit=dormouse-container@broken.service",
                            "--grep=/no/such/program"))
                    .isNotEmpty();
        }
    }

    @Test
    void onceItCanStartTheNextConnectionIsServed() throws Exception {
        BusyboxImage.load();
        Shell.run(
                "docker",
                "create",
                "--name",
                "mended",
                "--expose",
                "80",
                "--volume",
                "/run/mended:/flag",
                "busybox",
                "sh",
                "-c",
                "[ -e /flag/on ] && exec httpd -f -p 80 -h /flag");
        Shell.run("dormouse", "enable", "mended", "--listen", "8011", "--idle", "10m", "--deadline", "2s");
        NginxService mended = new NginxService("mended", 8011);
        try (mended) {
            assertThatThrownBy(() -> mended.get().send()).isInstanceOf(IOException.class);
            Shell.run("sh", "-c", "echo back >/run/mended/index.html; touch /run/mended/on");
            Await.until("it answers after the backoff", () -> answers(mended));
        } finally {
            Shell.run("rm", "-rf", "/run/mended");
        }
    }

    private static boolean answers(NginxService service) {
        try {
            return service.get().send().body().contains("back");
        } catch (IOException _) {
            return false;
        }
    }
}
