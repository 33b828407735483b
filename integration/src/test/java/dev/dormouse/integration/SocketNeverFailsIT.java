package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever makes a service's socket fail, it listens again by itself. */
@ExtendWith(LeavesNothing.class)
class SocketNeverFailsIT {
    private static final int PORT = 8019;
    /** Of systemd's standard limits on starts and triggers the largest is 20 in 2 s. */
    private static final int OFTEN = 25;

    @Test
    void aServiceThatCannotBeStartedAndAPortThatIsTakenFailItForAWhileOnly() throws Exception {
        try (NginxService nginx = NginxService.enable("sturdy", PORT, "10m")) {
            SystemUnit socket = SystemUnit.socket("sturdy");
            Shell.run(
                    "systemctl", "mask", "--runtime", SystemUnit.proxy("sturdy").name());
            // Its client makes systemd try.
            Shell.attempt("curl", "--silent", "--max-time", "5", "http://127.0.0.1:" + PORT);
            Await.until("the socket fails", () -> socket.state().equals("failed"));
            Shell.run(
                    "systemctl",
                    "unmask",
                    "--runtime",
                    SystemUnit.proxy("sturdy").name());
            Await.until("the socket listens again", socket::isActive);
            assertThat(nginx.get().send().status()).isEqualTo(200);

            SystemUnit.proxy("sturdy").stop();
            socket.stop();
            try (ServerSocket other = new ServerSocket()) {
                other.bind(new InetSocketAddress("0.0.0.0", PORT));
                assertThat(Shell.attempt("systemctl", "start", socket.name()).exit())
                        .isNotZero();
            }
            Await.until("the socket listens when the port is free", socket::isActive);
            assertThat(nginx.get().send().status()).isEqualTo(200);

            for (int round = 0; round < OFTEN; round++) {
                SystemUnit.proxy("sturdy").stop();
                assertThat(nginx.get().send().status()).isEqualTo(200);
            }
        }
    }
}
