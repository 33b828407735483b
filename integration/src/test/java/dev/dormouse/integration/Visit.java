package dev.dormouse.integration;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * A client's whole stay with a service, and how it ended.
 *
 * @param begin from before its connect, of {@link System#nanoTime()}
 * @param end when it had all it wanted, or knew that it would not
 * @param failure why it went away without an answer
 */
record Visit(String service, String wish, long begin, long end, Optional<String> failure) {
    private static final int PATIENCE_MILLIS = (int) Duration.ofMinutes(2).toMillis();

    /**
     * What a client wants.
     *
     * @param path what it asks for, each time
     * @param bytes how many it must get
     * @param times how often it asks on its one connection
     * @param pauseMillis between its connect and each of its requests
     */
    record Wish(String path, int bytes, int times, int pauseMillis) {}

    static Visit pay(String service, int port, Wish wish) {
        long begin = System.nanoTime();
        Optional<String> failure;
        try {
            failure = ask(port, wish);
        } catch (IOException | UncheckedIOException e) {
            failure = Optional.of(e.toString());
        }
        return new Visit(service, wish.toString(), begin, System.nanoTime(), failure);
    }

    private static Optional<String> ask(int port, Wish wish) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            for (int time = 0; time < wish.times(); time++) {
                Pause.of(wish.pauseMillis());
                socket.getOutputStream()
                        .write(("GET " + wish.path() + " HTTP/1.1\r\nHost: chaos\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                String head = head(in);
                if (!head.startsWith("HTTP/1.1 200 ")) {
                    return Optional.of(
                            "was answered: " + head.lines().findFirst().orElse("nothing"));
                }
                byte[] body = new byte[wish.bytes()];
                in.readFully(body);
                if (!isWhole(body)) {
                    return Optional.of("the body is not what was sent");
                }
            }
            return Optional.empty();
        }
    }

    /** Each byte says where it is. */
    static byte expected(int place) {
        return (byte) ('a' + place % 23);
    }

    private static boolean isWhole(byte[] body) {
        for (int place = 0; place < body.length; place++) {
            if (body[place] != expected(place)) {
                return false;
            }
        }
        return true;
    }

    private static String head(DataInputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    @Override
    public String toString() {
        return "%s %s from %d ms to %d ms: %s"
                .formatted(service, wish, begin / 1_000_000, end / 1_000_000, failure.orElse("served"));
    }
}
