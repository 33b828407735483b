package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** systemctl stop: the image's own signal, the request in flight finished, the exit code told by everyone. */
@ExtendWith(LeavesNothing.class)
class GracefulStopIT {
    private static final int BODY = 600_000;
    private static final String CONFIGURATION = """
            user root;
            worker_processes 1;
            error_log /dev/stderr notice;
            events { }
            http {
              access_log /dev/stdout;
              server { listen 80; root /site; limit_rate 200k; }
            }
            """;

    @Test
    void aRequestInFlightIsFinishedAndNginxLeavesByItsOwnSignal(@TempDir Path folder) throws Exception {
        Path configuration = Files.writeString(folder.resolve("nginx.conf"), CONFIGURATION);
        Path site = Files.createDirectory(folder.resolve("site"));
        Files.write(site.resolve("index.html"), new byte[BODY]);
        readableByAll(folder, site);
        NginxService.loadImage();
        Shell.run(
                "docker",
                "create",
                "--name",
                "slow",
                "--volume",
                configuration + ":/etc/nginx/nginx.conf:ro",
                "--volume",
                site + ":/site:ro",
                "nginx");
        Shell.run("dormouse", "enable", "slow", "--listen", "8002", "--port", "80", "--idle", "10m");
        try (NginxService slow = new NginxService("slow", 8002);
                Socket client = new Socket(InetAddress.getLoopbackAddress(), 8002)) {
            client.setSoTimeout(60_000);
            client.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream answer = client.getInputStream();
            assertThat(answer.readNBytes(1000)).as("the answer has begun").hasSize(1000);

            CompletableFuture<Void> stopped =
                    CompletableFuture.runAsync(() -> slow.container().stop());
            byte[] rest = answer.readAllBytes();
            stopped.get();

            String whole = new String(rest, StandardCharsets.ISO_8859_1);
            assertThat(rest.length + 1000).as("header and body").isGreaterThan(BODY);
            assertThat(whole).endsWith("\0");
            assertThat(Shell.inspect("slow", "{{.State.ExitCode}} {{.State.Status}}"))
                    .isEqualTo("0 exited");
            assertThat(slow.container().property("Result")).isEqualTo("success");
            assertThat(Shell.attempt("docker", "logs", "slow").output()).contains("signal 3 (SIGQUIT)");
        }
    }

    private static void readableByAll(Path... folders) throws IOException {
        for (Path folder : folders) {
            Files.setPosixFilePermissions(folder, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}
