package dev.dormouse.units.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.units.libc.Libc;
import dev.dormouse.units.libc.LibcException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import jnr.unixsocket.UnixDatagramChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class NotifyReceiverTest {
    private UnixDatagramChannel[] pair;
    private NotifyReceiver receiver;

    @BeforeEach
    void connect() throws Exception {
        pair = UnixDatagramChannel.pair();
        receiver = NotifyReceiver.on(Libc.fcntl(pair[1].getFD(), Libc.F_DUPFD_CLOEXEC, 3), 4);
    }

    @AfterEach
    void close() throws Exception {
        receiver.close();
        pair[0].close();
        pair[1].close();
    }

    @Test
    void aStoredDescriptorArrivesWithItsNameAndSender() throws Exception {
        int eventfd = Libc.eventfd();
        send("FDSTORE=1\nFDNAME=web", eventfd);

        Message message = receiver.receive().orElseThrow();

        assertThat(message.fields()).isEqualTo(Map.of("FDSTORE", "1", "FDNAME", "web"));
        assertThat(message.says("FDSTORE")).isTrue();
        assertThat(message.field("FDNAME")).contains("web");
        assertThat(message.pid()).isEqualTo((int) ProcessHandle.current().pid());
        assertThat(message.uid()).isEqualTo((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        assertThat(message.descriptors()).hasSize(1);
        int arrived = message.descriptors().getFirst();
        assertThat(arrived).isNotEqualTo(eventfd);
        assertThat(Libc.fcntl(arrived, Libc.F_GETFD, 0) & Libc.FD_CLOEXEC).isEqualTo(Libc.FD_CLOEXEC);
        Libc.close(arrived);
        Libc.close(eventfd);
    }

    @Test
    void severalDescriptorsKeepTheirOrderAndMessagesTheirs() {
        int[] eventfds = {Libc.eventfd(), Libc.eventfd(), Libc.eventfd()};
        send("FDSTORE=1", eventfds[0], eventfds[1], eventfds[2]);
        send("BARRIER=1", eventfds[0]);
        Libc.signal(eventfds[1]);

        List<Integer> stored = receiver.receive().orElseThrow().descriptors();
        Message barrier = receiver.receive().orElseThrow();

        assertThat(stored).hasSize(3);
        assertThat(Libc.awaitReadable(stored.get(1), stored.get(0)))
                .as("the second is the second")
                .isTrue();
        assertThat(barrier.says("BARRIER")).isTrue();
        assertThat(barrier.descriptors()).hasSize(1);
        stored.forEach(Libc::close);
        barrier.descriptors().forEach(Libc::close);
        for (int eventfd : eventfds) {
            Libc.close(eventfd);
        }
    }

    @Test
    void moreDescriptorsThanMayComeAreClosedAndTheNextMessageIsReceived() throws Exception {
        int eventfd = Libc.eventfd();
        long before = openDescriptors();
        send("FDSTORE=1", eventfd, eventfd, eventfd, eventfd, eventfd, eventfd, eventfd, eventfd);
        send("READY=1");

        assertThat(receiver.receive().orElseThrow().says("READY")).isTrue();

        assertThat(openDescriptors()).isEqualTo(before);
        Libc.close(eventfd);
    }

    @Test
    void whatIsTooLongOrNotTextIsDroppedWithItsDescriptors() throws Exception {
        int eventfd = Libc.eventfd();
        long before = openDescriptors();
        send("STATUS=" + "x".repeat(4096), eventfd);
        Libc.sendmsg(pair[0].getFD(), new byte[] {'A', '=', (byte) 0xff}, List.of(eventfd));
        Libc.sendmsg(pair[0].getFD(), new byte[] {'A', '=', 0, 'x'}, List.of(eventfd));
        send("READY=1");

        assertThat(receiver.receive().orElseThrow().says("READY")).isTrue();

        assertThat(openDescriptors()).isEqualTo(before);
        Libc.close(eventfd);
    }

    @Test
    void linesThatAssignNothingArePassedOverAndTheFirstOfTwoCounts() {
        send("A=1\n\nnothing\n=x\nA=2\nB=x=y\n\0");

        assertThat(receiver.receive().orElseThrow().fields()).isEqualTo(Map.of("A", "1", "B", "x=y"));
    }

    @Test
    void closingEndsAWait() {
        CompletableFuture<Optional<Message>> received = new CompletableFuture<>();
        Thread waiting = Thread.ofPlatform().start(() -> received.complete(receiver.receive()));
        awaitInNative(waiting);

        receiver.close();

        assertThat(received).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(Optional.empty());
        assertThat(receiver.receive()).as("and for good").isEmpty();
        receiver.close();
    }

    @Test
    void anInterruptEndsAWait() throws Exception {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread waiting = Thread.ofPlatform().start(() -> {
            boolean empty = receiver.receive().isEmpty();
            interrupted.complete(empty && Thread.currentThread().isInterrupted());
        });
        awaitInNative(waiting);

        waiting.interrupt();

        assertThat(interrupted).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(true);
    }

    @Test
    void itTakesNothingButASocket() {
        int eventfd = Libc.eventfd();
        assertThatThrownBy(() -> NotifyReceiver.on(eventfd))
                .isInstanceOf(LibcException.class)
                .hasMessage("setsockopt of descriptor " + eventfd + ": Socket operation on non-socket");
        Libc.close(eventfd);
    }

    /** Until the thread is in the kernel's poll, or bounded: what is tested holds before that as well. */
    private static void awaitInNative(Thread thread) {
        long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (System.nanoTime() < end) {
            for (StackTraceElement frame : thread.getStackTrace()) {
                if (frame.getMethodName().equals("awaitReadable")
                        && frame.getClassName().endsWith("Libc")) {
                    return;
                }
            }
            Thread.onSpinWait();
        }
    }

    private void send(String text, int... descriptors) {
        List<Integer> all = Arrays.stream(descriptors).boxed().toList();
        Libc.sendmsg(pair[0].getFD(), text.getBytes(UTF_8), all);
    }

    private static long openDescriptors() throws Exception {
        try (var list = Files.list(Path.of("/proc/self/fd"))) {
            return list.count();
        }
    }
}
