package dev.dormouse.waitport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class WaitportCommandTest {
    /** No DNS server is asked for it: a label has at most 63 bytes (RFC 1035, 2.3.4). */
    private static final String UNKNOWN_HOST = "x".repeat(64) + ".invalid";

    private record Run(int status, String out, String err) {}

    @TempDir
    private Path folder;

    @Test
    void aReadyPortOfThisMachineEndsWithZeroAndPrintsNothing() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"))) {
            String port = Integer.toString(server.getLocalPort());

            assertThat(run(port)).isEqualTo(new Run(0, "", ""));
            assertThat(run("127.0.0.1", port)).isEqualTo(new Run(0, "", ""));
            assertThat(run("localhost", port, "--interval", "1ms")).isEqualTo(new Run(0, "", ""));
        }
    }

    @Test
    void aClosedPortEndsWithOneAndTellsWhatWasSeen() throws Exception {
        String port = closedPort();

        assertThat(run(port, "--timeout", "30ms"))
                .isEqualTo(
                        new Run(1, "", "waitport: 127.0.0.1:" + port + " not ready after 30 ms: connection refused\n"));
        assertThat(run("[::1]", port, "--timeout", "30ms").err())
                .isEqualTo("waitport: [::1]:" + port + " not ready after 30 ms: connection refused\n");
    }

    @Test
    void quietSilencesTimeoutsAndResolverFailures() throws Exception {
        assertThat(run("-q", closedPort(), "--timeout", "10ms")).isEqualTo(new Run(1, "", ""));
        assertThat(run("--quiet", UNKNOWN_HOST, "80")).isEqualTo(new Run(2, "", ""));
    }

    @Test
    void anUnknownHostEndsWithTwoAtOnce() {
        Run run = run(UNKNOWN_HOST, "80", "--timeout", "24h");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("waitport: cannot resolve host '" + UNKNOWN_HOST + "': ")
                .endsWith("\n");
    }

    @Test
    void anHttpStatusIsWaitedFor() throws Exception {
        try (OneAnswer server = OneAnswer.of("HTTP/1.1 204 No Content\r\n\r\n")) {
            String port = Integer.toString(server.port());
            assertThat(run(port, "--http", "/", "--status", "204")).isEqualTo(new Run(0, "", ""));
        }
        String port = closedPort();
        assertThat(run("127.0.0.1", port, "--http", "/up", "--timeout", "5ms").err())
                .isEqualTo("waitport: http://127.0.0.1:" + port + "/up not ready after 5 ms: connection refused\n");
    }

    @Test
    void aUnixSocketIsWaitedFor() throws Exception {
        Path socket = folder.resolve("s");
        assertThat(run("--unix", socket.toString(), "--timeout", "5ms"))
                .isEqualTo(new Run(1, "", "waitport: " + socket + " not ready after 5 ms: no such socket\n"));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            assertThat(run("--unix", socket.toString())).isEqualTo(new Run(0, "", ""));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                         | which port? Give [HOST] PORT or --unix PATH",
                "a 80 90                    | too many arguments, give [HOST] PORT: a 80 90",
                "80x                        | port must be a number from 1 to 65535, not '80x'",
                "0                          | port must be a number from 1 to 65535, not '0'",
                "65536                      | port must be a number from 1 to 65535, not '65536'",
                "80 --timeout soon          | --timeout: 'soon' is not allowed; give a whole number followed by ms, s, m or h (without one: seconds), from 1ms to 24h",
                "80 --interval 26ms         | --interval: '26ms' is not allowed; give a whole number followed by ms, s, m or h (without one: seconds), from 1ms to 25ms",
                "80 --interval 0            | --interval: '0' is not allowed; give a whole number followed by ms, s, m or h (without one: seconds), from 1ms to 25ms",
                "80 --status 200            | --status needs --http",
                "80 --http / --status 2xx   | --status: '2xx' is not a list of HTTP statuses: give 200, 200-399 or several of these with commas",
                "80 --http health           | HTTP path must begin with / and hold no blank, '#' or non-ASCII character (percent-encode them): 'health'",
                "80 --unix /s               | give a port or --unix, not both",
                "80 --sleep 1               | Unknown option: '--sleep'",
            })
    void wrongUsageEndsWithTwoAndNamesTheFault(String arguments, String message) {
        Run run = run(arguments.isEmpty() ? new String[0] : arguments.split(" +"));

        assertThat(run).isEqualTo(new Run(2, "", "waitport: " + message + "\nTry 'waitport --help'.\n"));
    }

    @Test
    void helpGoesToStandardOutput() {
        Run run = run("--help");

        assertThat(run.status()).isZero();
        assertThat(run.out()).startsWith("Usage: waitport [-q]").contains("Exit status: 0 ready, 1 timed out, 2 ");
        assertThat(run.err()).isEmpty();
    }

    private static Run run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command =
                WaitportCommand.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return new Run(command.execute(arguments), out.toString(), err.toString());
    }

    private static String closedPort() throws Exception {
        try (ServerSocket server = new ServerSocket(0)) {
            return Integer.toString(server.getLocalPort());
        }
    }
}
