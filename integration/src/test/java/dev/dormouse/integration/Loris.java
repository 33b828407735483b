package dev.dormouse.integration;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that send one byte of an endless request now and then, and come again when they are sent away, until closed. */
final class Loris implements AutoCloseable {
    private static final String BEGINNING = "GET / HTTP/1.1\r\nHost: localhost\r\nX: ";
    private static final int DRIP_MILLIS = 100;

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong drips = new AtomicLong();
    private final List<Thread> clients = new ArrayList<>();

    Loris(int port, int count) {
        for (int client = 0; client < count; client++) {
            clients.add(Thread.ofVirtual().start(() -> comeAgainAndAgain(port)));
        }
    }

    /** Each has sent some more, on average. */
    void awaitDrips() {
        long before = drips.get();
        Await.until("the lorises drip", () -> drips.get() > before + 5L * clients.size());
    }

    private void comeAgainAndAgain(int port) {
        while (!over.get()) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                drip(socket);
            } catch (IOException _) {
                // Sent away, as it deserves.
            }
        }
    }

    private void drip(Socket socket) throws IOException {
        byte[] beginning = BEGINNING.getBytes(StandardCharsets.US_ASCII);
        for (int sent = 0; !over.get(); sent++) {
            socket.getOutputStream().write(sent < beginning.length ? beginning[sent] : 'x');
            drips.incrementAndGet();
            Pause.of(DRIP_MILLIS);
        }
    }

    @Override
    public void close() {
        over.set(true);
        Await.until("the lorises have gone", () -> clients.stream().noneMatch(Thread::isAlive));
    }
}
