package dev.dormouse.daemon.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RestoreProgressTest {
    private final List<String> told = new ArrayList<>();
    private final AtomicLong clock = new AtomicLong();
    private final RestoreProgress progress = new RestoreProgress(report -> told.add(report.text()), clock::get);

    @Test
    void everyPhaseIsToldAndWithinOneAtMostOnceASecond() {
        progress.enter(RestorePhase.LOADING, 0);
        progress.enter(RestorePhase.RECONCILING, 1000);
        for (int i = 1; i <= 1000; i++) {
            clock.addAndGet(5_000_000); // 5 ms a container
            progress.step();
        }
        progress.enter(RestorePhase.DONE, 0);
        assertThat(told)
                .containsExactly(
                        "loading containers",
                        "reconciling with what runs 0/1000",
                        "reconciling with what runs 200/1000",
                        "reconciling with what runs 400/1000",
                        "reconciling with what runs 600/1000",
                        "reconciling with what runs 800/1000",
                        "reconciling with what runs 1000/1000",
                        "running");
    }

    @Test
    void whoAsksIsToldAtAnyTime() {
        assertThat(progress.report().text()).isEqualTo("waiting to restore");
        progress.enter(RestorePhase.RECONCILING, 2);
        progress.step();
        assertThat(progress.report()).isEqualTo(new RestoreProgress.Report(RestorePhase.RECONCILING, 1, 2));
    }
}
