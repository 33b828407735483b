package dev.dormouse.daemon.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class LoadBoundTest {
    private static final int MANY = 10_000;

    @ParameterizedTest(name = "{0} cores, {1} open files, {2} containers: {3} at once")
    @CsvSource({
        // The cap, 128 a core, where files are plenty.
        "2, 1000000, 10000, 256",
        "8, 1000000, 10000, 1024",
        // Never more than there is work, and never none.
        "2, 1000000, 100, 100",
        "2, 1000000, 0, 1",
        // The limit is at most twice the work and at most twice the cap: half of it.
        "8, 1024, 10000, 512",
        "8, 2048, 10000, 1024",
        "8, 2049, 10000, 1024",
        "2, 512, 10000, 256",
        "2, 511, 10000, 255",
        "1, 64, 10000, 32",
        "1, 1, 10000, 1",
        // More than twice the work: it is enough for all at once, though less than twice the cap.
        "8, 1024, 511, 511",
        "8, 1024, 512, 512",
        "8, 1022, 511, 511",
        // More than twice the cap: it is enough for as many as there may be.
        "2, 513, 10000, 256",
    })
    void theRule(int cores, long openFiles, int work, int expected) {
        assertThat(new LoadBound(cores, OptionalLong.of(openFiles), work).atOnce())
                .isEqualTo(expected);
    }

    @Test
    void withoutALimitOfOpenFilesItIsTheCap() {
        assertThat(new LoadBound(2, OptionalLong.empty(), MANY).atOnce()).isEqualTo(256);
    }

    @Test
    void itsInputsAreInTheLog() {
        assertThat(new LoadBound(2, OptionalLong.of(1024), 100))
                .hasToString("at-once=100 cores=2 open-files=1024 work=100");
        assertThat(new LoadBound(2, OptionalLong.empty(), MANY))
                .hasToString("at-once=256 cores=2 open-files=unlimited work=10000");
    }

    @Test
    void tenThousandNeverPassItAndReachIt() {
        LoadBound bound = new LoadBound(1, OptionalLong.of(64), MANY);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger all = new AtomicInteger();
        CountDownLatch full = new CountDownLatch(bound.atOnce());
        AtOnce.forEach(IntStream.range(0, MANY).boxed().toList(), bound, _ -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            full.countDown();
            awaitFull(full); // the first ones stay until as many as may be are at work
            all.incrementAndGet();
            now.decrementAndGet();
        });
        assertThat(most).hasValue(32);
        assertThat(all).hasValue(MANY);
    }

    @Test
    void tenThousandRecordsLoad(@TempDir Path root) throws Exception {
        ManyRecords.write(root, MANY);
        ContainerStore store = new ContainerStore(new StateFolder(root));
        LoadedContainers loaded = store.load();
        assertThat(loaded.stored()).hasSize(MANY);
        assertThat(loaded.broken()).isEmpty();
    }

    private static void awaitFull(CountDownLatch full) {
        try {
            full.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
