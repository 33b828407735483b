package dev.dormouse.daemon.declare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReloadsTest {
    private static final int ASKING = 20;

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final AtomicInteger reloads = new AtomicInteger();
    private final FakeSystemd systemd = new FakeSystemd();
    private final Reloads coalesced = new Reloads(systemd);

    @Test
    void whoAsksDuringAReloadSharesTheNextOne() throws InterruptedException {
        systemd.onReload = this::slowly;
        Thread first = Thread.ofPlatform().start(coalesced::reload);
        begun.await();
        List<Thread> others = new ArrayList<>();
        for (int i = 0; i < ASKING; i++) {
            others.add(Thread.ofPlatform().start(coalesced::reload));
        }
        for (Thread other : others) {
            while (other.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
        goOn.countDown();
        first.join();
        for (Thread other : others) {
            other.join();
        }

        assertThat(reloads).hasValue(2);
    }

    private void slowly() {
        reloads.incrementAndGet();
        begun.countDown();
        try {
            goOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
