package dev.dormouse.daemon.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class EventStreamTest {
    private final EventStream stream = new EventStream();

    @Test
    void followersGetEventsInOrderUntilTheyAreClosed() throws Exception {
        BlockingQueue<Event> seen = new LinkedBlockingQueue<>();
        AutoCloseable follower = stream.follow(seen::add);
        stream.publish(event(1));
        stream.publish(event(2));
        assertThat(seen.take().id()).isEqualTo("1");
        assertThat(seen.take().id()).isEqualTo("2");
        follower.close();
        stream.publish(event(3));
        BlockingQueue<Event> other = new LinkedBlockingQueue<>();
        try (AutoCloseable _ = stream.follow(Optional.of(Instant.ofEpochSecond(3)), other::add, () -> {})) {
            assertThat(other.take().id()).isEqualTo("3");
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void theLast256AreKept() {
        IntStream.rangeClosed(1, 300).forEach(i -> stream.publish(event(i)));
        List<Event> kept = stream.since(Instant.EPOCH);
        assertThat(kept).hasSize(256);
        assertThat(kept.getFirst().id()).isEqualTo("45");
        assertThat(stream.since(Instant.ofEpochSecond(299)))
                .extracting(Event::id)
                .containsExactly("299", "300");
    }

    @Test
    void aFollowerThatIsTooSlowIsDroppedAndHoldsUpNobody() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch dropped = new CountDownLatch(1);
        BlockingQueue<Event> quick = new LinkedBlockingQueue<>();
        stream.follow(Optional.empty(), _ -> block(never), dropped::countDown);
        try (AutoCloseable _ = stream.follow(quick::add)) {
            for (int i = 0; i < EventStream.QUEUED_PER_FOLLOWER + 2; i++) {
                stream.publish(event(i));
                quick.take();
            }
        }
        dropped.await();
    }

    @Test
    void aFollowerThatThrowsIsDropped() throws Exception {
        CountDownLatch dropped = new CountDownLatch(1);
        stream.follow(
                Optional.empty(),
                _ -> {
                    throw new IllegalStateException("broken pipe");
                },
                dropped::countDown);
        stream.publish(event(1));
        dropped.await();
    }

    private static void block(CountDownLatch never) {
        try {
            never.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static Event event(int number) {
        return new Event("container", "start", String.valueOf(number), Map.of(), Instant.ofEpochSecond(number));
    }
}
