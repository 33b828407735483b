package dev.dormouse.units.libc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class PollableTest {
    @TempDir
    private Path folder;

    private final int wake = Libc.eventfd();

    @AfterEach
    void close() {
        Libc.close(wake);
    }

    @Test
    void readsToTheEndThatTheLastWriterMakes() throws Exception {
        Path fifo = folder.resolve("out");
        try (Pollable reader = Pollable.fifoToRead(fifo, wake)) {
            try (OutputStream writer = Files.newOutputStream(fifo)) {
                writer.write("words".getBytes(StandardCharsets.UTF_8));
            }
            byte[] read = new byte[100];
            assertThat(reader.read(read)).isEqualTo(5);
            assertThat(reader.read(read)).isEqualTo(-1);
        }
    }

    @Test
    void whoWaitsIsWokenThoughTheOtherSideIsOpen() throws Exception {
        Path out = folder.resolve("out");
        Path in = folder.resolve("in");
        try (Pollable reader = Pollable.fifoToRead(out, wake);
                OutputStream writer = Files.newOutputStream(out);
                Pollable full = Pollable.fifoToWrite(in, wake)) {
            CompletableFuture<Integer> read = new CompletableFuture<>();
            CompletableFuture<Boolean> written = new CompletableFuture<>();
            Thread.ofPlatform().start(() -> read.complete(reader.read(new byte[1])));
            Thread.ofPlatform().start(() -> written.complete(full.write(new byte[1 << 20], 1 << 20)));
            Libc.signal(wake);
            assertThat(read.join()).isEqualTo(-1);
            assertThat(written.join()).as("nobody reads it").isFalse();
            writer.write(7);
            assertThat(reader.read(new byte[9]))
                    .as("what is there is read all the same")
                    .isEqualTo(1);
        }
    }

    @Test
    void aDescriptorIsTakenFromWhoConnects() throws Exception {
        Path path = folder.resolve("socket");
        try (UnixListener listener = UnixListener.at(path)) {
            Process sender = new ProcessBuilder(
                            "perl",
                            "-MSocket",
                            "-e",
                            "socket(S,AF_UNIX,SOCK_STREAM,0); connect(S,sockaddr_un(shift)) or die;"
                                    + " syswrite(S, 'x'); sleep 20",
                            path.toString())
                    .start();
            assertThat(listener.takeDescriptor(wake)).as("it sends none").isEmpty();
            sender.destroyForcibly();
            Libc.signal(wake);
            assertThat(listener.takeDescriptor(wake)).as("woken").isEmpty();
        }
    }
}
