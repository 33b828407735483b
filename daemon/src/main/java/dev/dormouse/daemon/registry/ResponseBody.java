package dev.dormouse.daemon.registry;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A response's body, read by one thread as it comes: no more is asked for than was read, and a server that falls silent is an error after
 * a time, which the HTTP client itself does not bound once the head is there.
 */
final class ResponseBody implements HttpResponse.BodySubscriber<ResponseBody>, Closeable {
    private final Duration stall;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private final Deque<ByteBuffer> buffers = new ArrayDeque<>();

    private sealed interface Event {
        record Bytes(List<ByteBuffer> buffers) implements Event {}

        record End(Optional<Throwable> failure) implements Event {}
    }

    /** @param stall longest time without a byte */
    ResponseBody(Duration stall) {
        this.stall = stall;
    }

    /**
     * The next bytes; absent: that was all. The buffer is the caller's.
     *
     * @throws IOException if the connection broke, or nothing came for too long
     * @throws InterruptedException if the thread is interrupted
     */
    Optional<ByteBuffer> next() throws IOException, InterruptedException {
        while (true) {
            ByteBuffer buffer = buffers.poll();
            if (buffer != null) {
                return Optional.of(buffer);
            }
            subscription.join().request(1);
            switch (events.poll(stall.toNanos(), TimeUnit.NANOSECONDS)) {
                case null -> throw new HttpTimeoutException("nothing came for " + stall.toMillis() + " ms");
                case Event.Bytes bytes ->
                    bytes.buffers().stream().filter(ByteBuffer::hasRemaining).forEach(buffers::add);
                case Event.End(Optional<Throwable> failure) -> {
                    events.add(new Event.End(failure));
                    if (failure.isPresent()) {
                        throw new IOException(Reasons.of(failure.get()), failure.get());
                    }
                    return Optional.empty();
                }
            }
        }
    }

    /**
     * All of it.
     *
     * @return absent if it is larger than {@code limit} bytes
     */
    Optional<byte[]> all(int limit) throws IOException, InterruptedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Optional<ByteBuffer> next = next(); next.isPresent(); next = next()) {
            ByteBuffer buffer = next.get();
            if (buffer.remaining() > limit - bytes.size()) {
                return Optional.empty();
            }
            byte[] piece = new byte[buffer.remaining()];
            buffer.get(piece);
            bytes.writeBytes(piece);
        }
        return Optional.of(bytes.toByteArray());
    }

    /** Ends the connection if not all was read. */
    @Override
    public void close() {
        subscription.join().cancel();
    }

    @Override
    public CompletionStage<ResponseBody> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription source) {
        subscription.complete(source);
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
        events.add(new Event.Bytes(item));
    }

    @Override
    public void onError(Throwable failure) {
        events.add(new Event.End(Optional.of(failure)));
    }

    @Override
    public void onComplete() {
        events.add(new Event.End(Optional.empty()));
    }
}
