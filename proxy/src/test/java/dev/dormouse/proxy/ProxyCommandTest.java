package dev.dormouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.proxy.command.TestSurroundings;
import dev.dormouse.proxy.kernel.ListeningDescriptor;
import dev.dormouse.units.descriptor.InheritedDescriptor;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@Timeout(20)
class ProxyCommandTest {
    private record Run(int status, String out, String err) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                      | 'Missing required parameter: ''HOST:PORT | PATH'''",
                "web:80 web:81           | Unmatched argument at index 1: 'web:81'",
                "web:x                   | port must be a number from 1 to 65535, not 'x'",
                "web:80 -c 0             | --connections-max must be a number from 1 to 1000000, not '0'",
                "web:80 -c many          | --connections-max must be a number from 1 to 1000000, not 'many'",
                "web:80 --wait=-1        | --wait: '-1' is not allowed; give a whole number followed by ms, s, m or h (without one: seconds), from 0s to 9999h, or infinity",
                "web:80 --exit-idle-time=1d | --exit-idle-time: '1d' is not allowed; give a whole number followed by ms, s, m or h (without one: seconds), from 0s to 9999h, or infinity",
                "web:80 --exec           | Unknown option: '--exec'",
            })
    void wrongUsageEndsWithTwoAndNamesTheFault(String arguments, String message) {
        Run run = run(List.of(), arguments.isEmpty() ? new String[0] : arguments.split(" +"));

        assertThat(run).isEqualTo(new Run(2, "", "dormouse-proxy: " + message + "\nTry 'dormouse-proxy --help'.\n"));
    }

    @Test
    void itEndsWithZeroAfterTheIdleTime() {
        assertThat(run(List.of(inherited(InheritedDescriptor.Type.STREAM)), "--exit-idle-time=1ms", "localhost:80"))
                .isEqualTo(new Run(0, "", ""));
    }

    @Test
    void theSpellingsOfSystemdSocketProxydAreTaken() {
        for (String option : List.of("--connections-max=7", "-c7", "--wait=infinity")) {
            assertThat(run(
                            List.of(inherited(InheritedDescriptor.Type.STREAM)),
                            option,
                            "--exit-idle-time=0",
                            "/run/no.sock"))
                    .isEqualTo(new Run(0, "", ""));
        }
    }

    @Test
    void aDatagramSocketIsRefused() {
        assertThat(run(List.of(inherited(InheritedDescriptor.Type.DATAGRAM)), "127.0.0.1:80"))
                .isEqualTo(new Run(
                        2,
                        "",
                        "dormouse-proxy: socket web (127.0.0.1:0) is a datagram socket; only ListenStream= sockets can be"
                                + " proxied\n"));
    }

    @Test
    void helpGoesToStandardOutput() {
        Run run = run(List.of(), "--help");

        assertThat(run.status()).isZero();
        assertThat(run.out())
                .startsWith("Usage: dormouse-proxy [--exit-idle-time=TIME]")
                .contains("Exit status: 0 ");
        assertThat(run.err()).isEmpty();
    }

    private static InheritedDescriptor inherited(InheritedDescriptor.Type type) {
        int number = type == InheritedDescriptor.Type.STREAM
                ? ListeningDescriptor.onLoopback().number()
                : ListeningDescriptor.notListening(false);
        return new InheritedDescriptor(number, "web", InheritedDescriptor.Family.INET, type, "127.0.0.1:0");
    }

    private static Run run(List<InheritedDescriptor> inherited, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = ProxyCommand.commandLine(new TestSurroundings(inherited))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        return new Run(command.execute(arguments), out.toString(), err.toString());
    }
}
