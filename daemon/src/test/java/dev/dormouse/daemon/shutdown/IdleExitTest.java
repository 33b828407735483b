package dev.dormouse.daemon.shutdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class IdleExitTest {
    private static final Duration LIMIT = Duration.ofMillis(30);

    private final List<String> log = new ArrayList<>();

    /** Each look finds the next state; the last one lasts. */
    private final class Script implements IdleExit.Activity {
        private final Deque<Optional<Duration>> quiet;
        private final Deque<Optional<String>> needs;
        private final Deque<Boolean> pauses;

        Script(List<Optional<Duration>> quiet, List<Optional<String>> needs, Boolean... pauses) {
            this.quiet = new ArrayDeque<>(quiet);
            this.needs = new ArrayDeque<>(needs);
            this.pauses = new ArrayDeque<>(Arrays.asList(pauses));
        }

        @Override
        public Optional<Duration> quiet() {
            log.add("look");
            return quiet.size() > 1 ? quiet.pop() : quiet.element();
        }

        @Override
        public Optional<String> need() {
            return needs.size() > 1 ? needs.pop() : needs.element();
        }

        @Override
        public boolean pause() {
            log.add("pause");
            return pauses.size() > 1 ? pauses.pop() : pauses.element();
        }
    }

    private void run(IdleExit.Activity activity) throws InterruptedException {
        new IdleExit(LIMIT, activity, () -> log.add("exit")).run(() -> false);
    }

    @Test
    void itEndsWhatHasBeenQuietLongEnough() throws Exception {
        run(new Script(
                List.of(Optional.empty(), Optional.of(Duration.ofMillis(29)), Optional.of(Duration.ofMillis(31))),
                List.of(Optional.empty()),
                true));
        assertThat(log).containsExactly("look", "look", "look", "pause", "exit");
    }

    @Test
    void whoComesAtTheLastMomentKeepsIt() throws Exception {
        run(new Script(
                List.of(Optional.of(LIMIT), Optional.empty(), Optional.of(LIMIT)),
                List.of(Optional.empty()),
                false,
                true));
        assertThat(log).containsExactly("look", "pause", "look", "look", "pause", "exit");
    }

    @Test
    void whatIsNeededStays() throws Exception {
        run(new Script(List.of(Optional.of(LIMIT)), List.of(Optional.of("it restores"), Optional.empty()), true));
        assertThat(log).containsExactly("look", "look", "pause", "exit");
    }

    @Test
    void whatEndsAnywayIsLeftAlone() throws Exception {
        new IdleExit(
                        LIMIT,
                        new Script(List.of(Optional.of(LIMIT)), List.of(Optional.empty()), true),
                        () -> log.add("exit"))
                .run(() -> true);
        assertThat(log).isEmpty();
    }
}
