package dev.dormouse.activator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusWatchTest {
    private final FakeTerminal terminal = new FakeTerminal();

    /** Is left after a number of pictures. */
    private static final class FakeTerminal implements Terminal {
        private final List<String> written = new ArrayList<>();
        private int pictures = 2;

        @Override
        public int columns() {
            return 5;
        }

        @Override
        public void write(String text) {
            written.add(text);
        }

        @Override
        public boolean isLeft() {
            return --pictures == 0;
        }

        @Override
        public void close() {}
    }

    @Test
    void itDrawsAgainUntilItIsLeftAndCutsWhatIsTooWide() {
        List<List<String>> pictures = new ArrayList<>(List.of(List.of("NAME", "nginx awake"), List.of("NAME")));
        new StatusWatch(terminal, pictures::removeFirst).run();

        assertThat(terminal.written)
                .containsExactly(
                        "\u001b[?1049h",
                        "\u001b[HNAME\u001b[K\r\nnginx\u001b[K\r\n\u001b[J",
                        "\u001b[HNAME\u001b[K\r\n\u001b[J",
                        "\u001b[?1049l");
    }
}
