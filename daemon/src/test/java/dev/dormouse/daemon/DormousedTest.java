package dev.dormouse.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(60)
class DormousedTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine command = Dormoused.commandLine(Engine::open);
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }

    @Test
    void aGoodConfigurationIsOk() throws IOException {
        Path file = Files.writeString(folder.resolve("daemon.json"), "{\"debug\":true}");
        assertThat(run("--config-file", file.toString(), "--validate")).isZero();
        assertThat(out).hasToString("configuration OK\n");
    }

    @Test
    void aBadOneIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("daemon.json"), "{\"live-restore\":true}");
        assertThat(run("--config-file", file.toString(), "--validate")).isEqualTo(2);
        assertThat(err)
                .hasToString("dormoused: " + file
                        + ": live-restore: unknown key; there are debug, group, hosts and no-autostart\n");
    }

    @Test
    void tcpAndUnknownOptionsAreRefused() {
        assertThat(run("-H", "tcp://0.0.0.0:2375")).isEqualTo(2);
        assertThat(err.toString()).contains("--host: tcp://0.0.0.0:2375: TCP is refused");
        assertThat(run("--data-root", "/x")).isEqualTo(2);
        assertThat(err.toString()).contains("Unknown option");
    }

    @Test
    void withoutDescriptorsFdIsAnError() {
        assertThat(run("-H", "fd://")).isEqualTo(1);
        assertThat(err.toString()).startsWith("dormoused: no socket was passed");
    }

    @Test
    void versionAndHelp() {
        assertThat(run("--version")).isZero();
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).startsWith("dormoused 0.").contains("--config-file");
    }

    @Test
    void sigtermEndsItWithStatusZeroAndRemovesItsSocket() throws Exception {
        Path socket = folder.resolve("docker.sock");
        Process process = start(socket);
        try {
            assertThat(ping(socket)).endsWith("OK");
            // Whoever asks is told why there is no engine.
            assertThat(answer(socket, "/containers/json"))
                    .startsWith("HTTP/1.1 500")
                    .contains("the engine could not start: its disk is on fire");
            process.destroy();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(socket).doesNotExist();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void anInheritedSocketIsServedAndLeftInPlace() throws Exception {
        Path socket = folder.resolve("inherited.sock");
        Process process = launch(
                List.of(
                        "perl",
                        "-MIO::Socket::UNIX",
                        "-MPOSIX",
                        "-e",
                        "$^F = 9; $p = shift; $s = IO::Socket::UNIX->new(Local => \"$p.new\", Listen => 9); dup2(fileno($s), 3);"
                                + " rename(\"$p.new\", $p); $ENV{LISTEN_PID} = $$; $ENV{LISTEN_FDS} = 1; exec @ARGV",
                        socket.toString()),
                "-H",
                "fd://");
        try {
            awaitListening(process, socket);
            assertThat(ping(socket)).endsWith("OK");
            assertThat(ping(socket)).endsWith("OK");
            process.destroy();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(socket).exists();
        } finally {
            process.destroyForcibly();
        }
    }

    private void awaitListening(Process process, Path socket) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!Files.exists(socket) && process.isAlive() && System.nanoTime() < deadline) {
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
        assertThat(socket).as(Files.readString(folder.resolve("log"))).exists();
    }

    private Process start(Path socket) throws Exception {
        Process process = launch(List.of(), "-H", "unix://" + socket, "-G", "adm");
        // Its socket's group is the only sign of its being ready without a systemd to tell.
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!shared(socket) && process.isAlive() && System.nanoTime() < deadline) {
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
        assertThat(socket).as(Files.readString(folder.resolve("log"))).exists();
        return process;
    }

    private Process launch(List<String> launcher, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path", ""),
                EnginelessDormoused.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private static boolean shared(Path socket) throws IOException {
        return Files.exists(socket) && "adm".equals(String.valueOf(Files.getAttribute(socket, "posix:group")));
    }

    private static String ping(Path socket) throws IOException {
        return answer(socket, "/_ping");
    }

    private static String answer(Path socket, String path) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            channel.write(ByteBuffer.wrap(("GET " + path + " HTTP/1.1\r\nHost: d\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
            int read = 0;
            while (read >= 0) {
                read = channel.read(buffer);
            }
            return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
        }
    }
}
