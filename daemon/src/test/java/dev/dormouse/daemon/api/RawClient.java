package dev.dormouse.daemon.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A client that says exactly what a test wants it to say. */
record RawClient(SocketChannel channel) implements AutoCloseable {
    static RawClient connect(Path socket) throws IOException {
        return new RawClient(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
    }

    RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        return this;
    }

    void endOutput() throws IOException {
        channel.shutdownOutput();
    }

    /** Everything up to the end the server makes. */
    String readAll() throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        ByteBuffer some = ByteBuffer.allocate(1 << 16);
        while (channel.read(some.clear()) >= 0) {
            read.write(some.array(), 0, some.position());
        }
        return read.toString(StandardCharsets.ISO_8859_1);
    }

    /** Everything up to and with {@code last}, or the end. */
    String read(String last) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (!read.toString(StandardCharsets.ISO_8859_1).endsWith(last)) {
            if (channel.read(one.clear()) < 0) {
                break;
            }
            read.write(one.get(0));
        }
        return read.toString(StandardCharsets.ISO_8859_1);
    }

    /** So many bytes, or fewer at the end. */
    byte[] read(int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        int got = 0;
        while (buffer.hasRemaining() && got >= 0) {
            got = channel.read(buffer);
        }
        return java.util.Arrays.copyOf(buffer.array(), buffer.position());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
