package dev.dormouse.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.zip.CRC32C;

/** Bytes that look random and can be made again from a seed, and their checksums. */
final class Pattern {
    private static final int CHUNK = 64 * 1024;

    private Pattern() {}

    /** Sends so many bytes and ends the stream, in a thread of its own; results in their checksum. */
    static Future<Long> send(SocketChannel channel, int seed, long length) {
        return inThread(() -> {
            Generator generator = new Generator(seed);
            CRC32C checksum = new CRC32C();
            for (long left = length; left > 0; ) {
                ByteBuffer chunk = generator.next(left);
                left -= chunk.remaining();
                checksum.update(chunk.duplicate());
                while (chunk.hasRemaining()) {
                    channel.write(chunk);
                }
            }
            channel.shutdownOutput();
            return checksum.getValue();
        });
    }

    /** Receives to the end of the stream, in a thread of its own; results in the checksum. */
    static Future<Long> receive(SocketChannel channel) {
        return inThread(() -> {
            CRC32C checksum = new CRC32C();
            ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
            while (channel.read(chunk) >= 0) {
                checksum.update(chunk.flip());
                chunk.clear();
            }
            return checksum.getValue();
        });
    }

    /**
     * Sends on every channel until none takes anything for 100 ms, and returns how many bytes each took; a channel's index is its seed.
     * The channels are left non-blocking. What signals that a proxy has stopped reading is only that nothing happens.
     */
    static List<Long> sendUntilRefused(List<SocketChannel> channels) throws IOException, InterruptedException {
        List<Sender> senders = new ArrayList<>();
        for (int index = 0; index < channels.size(); index++) {
            channels.get(index).configureBlocking(false);
            senders.add(new Sender(channels.get(index), new Generator(index)));
        }
        for (int refusals = 0; refusals < 100; refusals++) {
            for (Sender sender : senders) {
                if (sender.send()) {
                    refusals = 0;
                }
            }
            Thread.sleep(1);
        }
        return senders.stream().map(sender -> sender.taken).toList();
    }

    private static final class Sender {
        private final SocketChannel channel;
        private final Generator generator;
        private ByteBuffer chunk;
        private long taken;

        Sender(SocketChannel channel, Generator generator) {
            this.channel = channel;
            this.generator = generator;
            this.chunk = generator.next(CHUNK);
        }

        /** Whether anything was taken. */
        boolean send() throws IOException {
            long before = taken;
            for (int count = channel.write(chunk); count > 0; count = channel.write(chunk)) {
                taken += count;
                if (!chunk.hasRemaining()) {
                    chunk = generator.next(CHUNK);
                }
            }
            return taken > before;
        }
    }

    static long checksum(int seed, long length) {
        Generator generator = new Generator(seed);
        CRC32C checksum = new CRC32C();
        for (long left = length; left > 0; ) {
            ByteBuffer chunk = generator.next(left);
            left -= chunk.remaining();
            checksum.update(chunk);
        }
        return checksum.getValue();
    }

    private interface Work {
        long run() throws IOException;
    }

    private static Future<Long> inThread(Work work) {
        FutureTask<Long> task = new FutureTask<>(work::run);
        Thread.ofPlatform().daemon().start(task);
        return task;
    }

    /** The chunks of a pattern: one random chunk that begins with a counter. */
    private static final class Generator {
        private final byte[] chunk = new byte[CHUNK];
        private long count;

        Generator(int seed) {
            new Random(seed).nextBytes(chunk);
        }

        ByteBuffer next(long atMost) {
            ByteBuffer next = ByteBuffer.wrap(chunk.clone());
            next.putLong(0, count++);
            return next.limit((int) Math.min(CHUNK, atMost));
        }
    }
}
