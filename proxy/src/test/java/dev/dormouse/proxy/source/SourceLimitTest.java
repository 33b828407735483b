package dev.dormouse.proxy.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SourceLimitTest {
    private static final InetAddress ONE = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress OTHER = InetAddress.ofLiteral("192.0.2.2");

    private final AtomicInteger reset = new AtomicInteger();
    private final SourceLimit limit = new SourceLimit(2, reset::incrementAndGet);
    private final List<String> told = new ArrayList<>();

    @Test
    void aSourceIsServedUpToItsLimitAndThenInOrder() {
        Turn first = arrive(ONE);
        Turn second = arrive(ONE);
        Turn third = arrive(ONE);
        Turn fourth = arrive(ONE);

        assertThat(take(first, "first")).isTrue();
        assertThat(take(second, "second")).isTrue();
        assertThat(take(third, "third")).isFalse();
        assertThat(take(fourth, "fourth")).isFalse();
        assertThat(limit.waiting(this)).isEqualTo(2);
        second.leave();
        assertThat(told).containsExactly("third's turn");
        first.leave();
        assertThat(told).containsExactly("third's turn", "fourth's turn");
        assertThat(limit.waiting(this)).isZero();
    }

    @Test
    void aGreedySourceKeepsNobodyElseOut() {
        for (int greedy = 0; greedy < 4; greedy++) {
            take(arrive(ONE), "greedy");
        }
        assertThat(take(arrive(OTHER), "other")).isTrue();
    }

    @Test
    void oneTooManyIsReset() {
        for (int here = 0; here < 4; here++) {
            arrive(ONE);
        }
        assertThat(limit.arrive(ONE)).isEmpty();
        assertThat(reset).hasValue(1);
        assertThat(limit.arrive(OTHER)).isPresent();
    }

    @Test
    void whoLeavesWhileItWaitsIsForgotten() {
        Turn first = arrive(ONE);
        take(first, "first");
        take(arrive(ONE), "second");
        Turn third = arrive(ONE);
        take(third, "third");
        Turn fourth = arrive(ONE);
        take(fourth, "fourth");
        third.leave();
        third.leave();
        first.leave();
        assertThat(told).containsExactly("fourth's turn");
    }

    @Test
    void theLastToWaitMakesRoomWhereThatIsNeeded() {
        take(arrive(ONE), "first");
        take(arrive(ONE), "second");
        Turn third = arrive(ONE);
        take(third, "third");
        Turn elsewhere = arrive(ONE);
        elsewhere.take("elsewhere", () -> {}, () -> told.add("elsewhere gives way"));

        limit.makeRoom(this);
        limit.makeRoom(this);
        assertThat(told).containsExactly("third gives way");
        assertThat(reset).hasValue(1);
        third.leave();
        assertThat(limit.arrive(ONE)).isPresent();
    }

    @Test
    void nobodysTurnComesAfterTheEnd() {
        Turn first = arrive(ONE);
        take(first, "first");
        take(arrive(ONE), "second");
        take(arrive(ONE), "third");
        limit.close();
        first.leave();
        assertThat(told).isEmpty();
    }

    @Test
    void aLimitOfNobodyIsNone() {
        assertThatThrownBy(() -> new SourceLimit(0, () -> {})).hasMessageContaining("at least 1: 0");
    }

    private Turn arrive(InetAddress source) {
        return limit.arrive(source).orElseThrow();
    }

    private boolean take(Turn turn, String name) {
        return turn.take(this, () -> told.add(name + "'s turn"), () -> told.add(name + " gives way"));
    }
}
