package dev.dormouse.activator.tally;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.proxy.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TallyFileTest {
    @TempDir
    private Path folder;

    @Test
    void whatWasWrittenIsReadAndAddedTo() throws IOException {
        TallyFile file = new TallyFile(folder.resolve("counts"));
        assertThat(file.read()).isEqualTo(Totals.NONE);

        Totals written = tally().totals();
        file.write(written);

        assertThat(file.read()).isEqualTo(written);
        Totals both = file.read().plus(tally().totals());
        assertThat(both.counts()).containsEntry(new Series(Count.WAKES, "nginx", "ready"), 2L);
        assertThat(both.counts()).containsEntry(new Series(Count.SENT_BYTES, "nginx", ""), 14L);
        assertThat(both.phases().getOrDefault(Phase.READY, Distribution.NONE).sum())
                .isEqualTo(0.24);
        assertThat(both.only("other"::equals).counts()).isEmpty();
    }

    @Test
    void aLineThatIsNotUnderstoodDoesNotCostTheOthers() throws IOException {
        TallyFile file = new TallyFile(folder.resolve("counts"));
        Totals written = tally().totals();
        file.write(written);
        Files.write(
                file.path(), List.of("count later nginx - 3", "phase ready 1 2", "what"), StandardOpenOption.APPEND);

        assertThat(file.read()).isEqualTo(written);
    }

    @Test
    void aTimeFallsIntoTheBucketWhoseBoundItDoesNotExceed() {
        Distribution times = Distribution.NONE
                .plus(Duration.ofMillis(5))
                .plus(Duration.ofMillis(6))
                .plus(Duration.ofMinutes(2));

        assertThat(times.counts()).startsWith(1L, 1L, 0L).endsWith(1L);
        assertThat(times.sum()).isEqualTo(120.011);
    }

    private static Tally tally() {
        Tally tally = new Tally();
        tally.wake("nginx", "ready");
        tally.traffic("nginx", new Traffic(1, 5, 7));
        tally.took(Phase.READY, Duration.ofMillis(120));
        return tally;
    }
}
