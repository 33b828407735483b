package dev.dormouse.units.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharedReloadTest {
    private final AtomicInteger begun = new AtomicInteger();

    @Test
    void thoseThatComeWhileOneIsUnderWayShareTheNext() throws InterruptedException {
        CountDownLatch hold = new CountDownLatch(1);
        SharedReload reload = new SharedReload(() -> {
            begun.incrementAndGet();
            try {
                hold.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        Thread first = Thread.ofVirtual().start(reload::run);
        while (begun.get() == 0) {
            Thread.onSpinWait();
        }
        List<Thread> others = IntStream.range(0, 10)
                .mapToObj(_ -> Thread.ofVirtual().start(reload::run))
                .toList();
        for (Thread other : others) {
            while (other.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
        hold.countDown();
        first.join();
        for (Thread other : others) {
            other.join();
        }
        assertThat(begun).hasValue(2);
    }

    @Test
    void oneThatFailedIsNobodyElses() {
        SharedReload reload = new SharedReload(() -> {
            if (begun.incrementAndGet() == 1) {
                throw new SystemdException("refused");
            }
        });

        assertThatThrownBy(reload::run).hasMessage("refused");
        reload.run();

        assertThat(begun).hasValue(2);
    }
}
