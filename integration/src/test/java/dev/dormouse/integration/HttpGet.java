package dev.dormouse.integration;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One plain HTTP/1.1 request on a connection of its own; every failure of the connection is the caller's to see. */
record HttpGet(String host, int port, Duration patience) {
    HttpGet(String host, int port) {
        this(host, port, Duration.ofMinutes(1));
    }

    /**
     * What came.
     *
     * @param firstByte from before the connect to the first byte of the answer
     */
    record Answer(int status, String body, Duration firstByte) {}

    Answer send() throws IOException {
        long start = System.nanoTime();
        try (Socket socket = new Socket()) {
            socket.setSoTimeout((int) patience.toMillis());
            socket.connect(new InetSocketAddress(host, port), (int) patience.toMillis());
            socket.getOutputStream()
                    .write(("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            int first = socket.getInputStream().read();
            Duration firstByte = Duration.ofNanos(System.nanoTime() - start);
            if (first < 0) {
                throw new IOException("closed without an answer after " + firstByte.toMillis() + " ms");
            }
            String rest = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(
                    Integer.parseInt(rest.substring(8, 11)), rest.substring(rest.indexOf("\r\n\r\n") + 4), firstByte);
        }
    }
}
