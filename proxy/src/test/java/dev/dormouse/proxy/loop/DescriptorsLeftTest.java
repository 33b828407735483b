package dev.dormouse.proxy.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.proxy.DataPlane;
import dev.dormouse.proxy.Listener;
import dev.dormouse.proxy.Reception;
import dev.dormouse.proxy.kernel.DescriptorLimit;
import dev.dormouse.proxy.kernel.ListeningDescriptor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class DescriptorsLeftTest {
    /** What a data plane of one loop leaves for others, and two connections. */
    private static final int ROOM_FOR_TWO = 134 + 2 * 2;

    @Test
    void clientsThatThereAreNoDescriptorsForWaitInTheKernel() throws Exception {
        ListeningDescriptor front = ListeningDescriptor.onLoopback();
        try (ServerSocketChannel server =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
                DataPlane plane = withRoomForTwo()) {
            CompletableFuture<SocketAddress> address = CompletableFuture.completedFuture(server.getLocalAddress());
            Listener listener = plane.listen(front.number(), Reception.plain(1000), _ -> address);
            List<SocketChannel> clients = new ArrayList<>();
            List<SocketChannel> accepted = new ArrayList<>();
            for (int count = 0; count < 4; count++) {
                clients.add(SocketChannel.open(front.address()));
                clients.getLast().write(ByteBuffer.wrap(new byte[] {(byte) count}));
            }
            for (int count = 0; count < 4; count++) {
                accepted.add(server.accept());
                ByteBuffer received = ByteBuffer.allocate(1);
                assertThat(accepted.getLast().read(received)).isEqualTo(1);
                assertThat(received.get(0)).isEqualTo((byte) count);
                assertThat(listener.connections()).isLessThanOrEqualTo(2);
                if (count >= 1) {
                    accepted.get(count - 1).close();
                    clients.get(count - 1).close();
                }
            }
            accepted.getLast().close();
            clients.getLast().close();
        }
    }

    private static DataPlane withRoomForTwo() {
        try (DescriptorLimit _ = DescriptorLimit.of(ROOM_FOR_TWO)) {
            return EpollDataPlane.start(1);
        }
    }
}
