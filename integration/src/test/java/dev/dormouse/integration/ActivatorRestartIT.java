package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The activator ends on purpose: nobody is turned away, and unless it is for good, nobody is disconnected. */
@ExtendWith(LeavesNothing.class)
class ActivatorRestartIT {
    private static final int KEPT = 20;

    @Test
    void connectionsOutliveARestartASigtermAndAnUpgrade() throws Exception {
        try (NginxService nginx = NginxService.enable("heir", 8016, "10m");
                KeptConnections clients = new KeptConnections(8016, KEPT)) {
            String container = nginx.container().property("MainPID");
            for (int round = 0; round < 3; round++) {
                succeeds(clients, "systemctl", "restart", "dormouse-activator.service");
            }
            succeeds(clients, "kill", SystemUnit.ACTIVATOR.property("MainPID"));
            succeeds(
                    clients, "env", "AOT=keep", Shell.PROJECT.resolve("install").toString());

            clients.assertEverybodyWasServed();
            assertThat(nginx.container().property("MainPID")).isEqualTo(container);
            assertThat(Shell.run("dormouse", "status", "heir")).contains("awake");
        }
    }

    /** What an activator that is stopped for good does not hold any more, systemd does. */
    @Test
    void afterAStopTheNextConnectionIsServed() throws Exception {
        try (NginxService nginx = NginxService.enable("stopped", 8017, "10m");
                KeptConnections clients = new KeptConnections(8017, 0)) {
            clients.awaitNewcomers();
            for (int round = 0; round < 3; round++) {
                // A client that comes meanwhile cancels it, as it starts the activator again.
                Shell.attempt("systemctl", "stop", SystemUnit.ACTIVATOR.name());
                clients.awaitNewcomers();
            }
            clients.assertEverybodyWasServed();
            assertThat(nginx.container().isActive()).isTrue();
        }
    }

    /** Nothing reaches the successor, as systemd keeps nothing: it listens again itself. */
    @Test
    void socketsThatAreLostOnTheWayListenAgain() throws Exception {
        try (NginxService nginx = NginxService.enable("orphaned", 8018, "10m")) {
            assertThat(nginx.get().send().status()).isEqualTo(200);
            String old = SystemUnit.ACTIVATOR.property("MainPID");
            Shell.run("mkdir", "-p", "/run/systemd/system/dormouse-activator.service.d");
            Shell.run(
                    "sh",
                    "-c",
                    "printf '[Service]\nFileDescriptorStoreMax=0\n'"
                            + " >/run/systemd/system/dormouse-activator.service.d/lost.conf");
            Shell.run("systemctl", "daemon-reload");
            try {
                Shell.run("systemctl", "restart", "dormouse-activator.service");
                assertThat(SystemUnit.ACTIVATOR.property("MainPID")).isNotEqualTo(old);
                assertThat(nginx.get().send().status()).isEqualTo(200);
            } finally {
                Shell.run("rm", "-r", "/run/systemd/system/dormouse-activator.service.d");
                Shell.run("systemctl", "daemon-reload");
            }
        }
    }

    private static void succeeds(KeptConnections clients, String... command) throws Exception {
        String old = SystemUnit.ACTIVATOR.property("MainPID");
        Shell.run(command);
        Await.until("another process", () -> {
            String next = SystemUnit.ACTIVATOR.property("MainPID");
            return !next.equals(old) && !next.equals("0");
        });
        clients.askOnEach();
        clients.awaitNewcomers();
    }
}
