package dev.dormouse.units.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.dormouse.units.libc.Libc;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a real socket, received by {@link NotifyReceiver}. */
@Timeout(20)
class DescriptorStoreTest {
    private static final long PID = ProcessHandle.current().pid();

    @TempDir
    private Path folder;

    @Test
    void aStoredDescriptorIsACopyThatOutlivesTheCallers() throws Exception {
        try (ReceivingSocket socket = ReceivingSocket.at(folder.resolve("notify"));
                NotifyReceiver receiver = socket.receiver()) {
            int eventfd = Libc.eventfd();
            Libc.signal(eventfd);
            DescriptorStore.at(socket.address).keep("web", eventfd);
            Libc.close(eventfd);

            Message message = receiver.receive().orElseThrow();

            assertThat(message.fields()).isEqualTo(Map.of("FDSTORE", "1", "FDPOLL", "0", "FDNAME", "web"));
            assertThat(message.pid()).isEqualTo((int) PID);
            int arrived = message.descriptors().getFirst();
            assertThat(Libc.awaitReadable(arrived, arrived))
                    .as("the signalled one")
                    .isTrue();
            Libc.close(arrived);
        }
    }

    @Test
    void whatIsKeptNoLongerIsNamed() throws Exception {
        try (ReceivingSocket socket = ReceivingSocket.at(folder.resolve("notify"));
                NotifyReceiver receiver = socket.receiver()) {
            DescriptorStore.at(socket.address).remove("web");

            assertThat(receiver.receive().orElseThrow().fields())
                    .isEqualTo(Map.of("FDSTOREREMOVE", "1", "FDNAME", "web"));
        }
    }

    @Test
    void aNameThatSystemdWouldNotTakeIsAFaultOfTheCaller() {
        DescriptorStore store = DescriptorStore.at(folder.resolve("none").toString());
        for (String name : new String[] {"", "a:b", "a\nFDSTOREREMOVE=1", "ä", "x".repeat(256)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.keep(name, 0))
                    .withMessageContaining("1 to 255 characters");
        }
    }
}
