package dev.dormouse.daemon.activation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ActivationWatchTest {
    @TempDir
    private Path state;

    private Path folder = Path.of("");
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private int number = 1;

    private final ActivationWatch.Listener listener = new ActivationWatch.Listener() {
        @Override
        public void happened(Activation activation) {
            told.add("now " + activation.attributes().get("clients"));
        }

        @Override
        public void happenedBefore(Activation activation) {
            told.add("before " + activation.attributes().get("clients"));
        }
    };

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(state.resolve("events"));
    }

    @Test
    void whatHappensIsToldOnceOverTheLivesOfEngines() throws Exception {
        append(1, 2);
        try (Closeable _ = begin()) {
            assertThat(told(2)).containsExactly("before 1", "before 2");
            append(3);
            assertThat(told(1)).singleElement().isIn("before 3", "now 3"); // it may still be catching up
            rotate();
            append(4);
            assertThat(told(1)).singleElement().isIn("before 4", "now 4"); // it may still be catching up
        }
        append(5);
        rotate();
        append(6);
        try (Closeable _ = begin()) {
            assertThat(told(2)).containsExactly("before 5", "before 6");
        }
        rotate();
        append(7);
        rotate();
        append(8);
        try (Closeable _ = begin()) {
            assertThat(told(2)).as("with the position's file gone").containsExactly("before 7", "before 8");
        }
        assertThat(told).isEmpty();
    }

    @Test
    void aLineThatIsNoneCostsItselfOnly() throws Exception {
        append(1);
        Files.writeString(
                folder.resolve("events.jsonl"),
                "nonsense\n" + "[".repeat(3000) + "\n{\"time\":1}\n" + "x".repeat(10_000) + "\n\u0000\n",
                StandardOpenOption.APPEND);
        append(2);
        try (Closeable _ = begin()) {
            assertThat(told(2)).containsExactly("before 1", "before 2");
        }
    }

    @Test
    void aLineThatIsNotWholeYetIsWaitedFor() throws Exception {
        append(1);
        try (Closeable _ = begin()) {
            assertThat(told(1)).containsExactly("before 1");
            String line = line(2);
            Files.writeString(folder.resolve("events.jsonl"), line.substring(0, 20), StandardOpenOption.APPEND);
            Files.writeString(folder.resolve("events.jsonl"), line.substring(20), StandardOpenOption.APPEND);
            assertThat(told(1)).singleElement().isIn("before 2", "now 2"); // it may still be catching up
        }
    }

    @Test
    void noLinkIsFollowedAndNoPipeIsOpened() throws Exception {
        Path elsewhere = state.resolve("elsewhere");
        Files.writeString(elsewhere, head() + line(1));
        Files.createSymbolicLink(folder.resolve("events.jsonl"), elsewhere);
        new ProcessBuilder("mkfifo", folder.resolve("events.1.jsonl").toString())
                .start()
                .waitFor();
        try (Closeable _ = begin()) {
            Files.delete(folder.resolve("events.jsonl"));
            append(2);
            assertThat(told(1)).singleElement().isIn("before 2", "now 2");
        }
    }

    @Test
    void whoWritesWithoutEndIsReadFromTheEnd() throws Exception {
        append(1);
        Files.writeString(
                folder.resolve("events.jsonl"), "x".repeat(3 * LineSegment.MOST_BYTES), StandardOpenOption.APPEND);
        Files.writeString(folder.resolve("events.jsonl"), "\n" + line(2), StandardOpenOption.APPEND);
        try (Closeable _ = begin()) {
            assertThat(told(1)).containsExactly("before 2");
        }
    }

    private Closeable begin() {
        return ActivationWatch.begin(folder, state.resolve("position"), listener);
    }

    private List<String> told(int count) throws InterruptedException {
        List<String> taken = new ArrayList<>();
        while (taken.size() < count) {
            String next = told.poll(30, TimeUnit.SECONDS);
            assertThat(next).as("after %s", taken).isNotNull();
            taken.add(next);
        }
        return taken;
    }

    private void append(int... clients) throws IOException {
        StringBuilder text = new StringBuilder(Files.exists(folder.resolve("events.jsonl")) ? "" : head());
        for (int each : clients) {
            text.append(line(each));
        }
        Files.writeString(folder.resolve("events.jsonl"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private String head() {
        return "{\"schema\":1,\"file\":" + number++ + "}\n";
    }

    private static String line(int clients) {
        return "{\"time\":1700000000000000000,\"service\":\"web\",\"container\":\"nginx\",\"phase\":\"filter\","
                + "\"outcome\":\"source\",\"clients\":" + clients + "}\n";
    }

    private void rotate() throws IOException {
        Files.deleteIfExists(folder.resolve("events.1.jsonl"));
        Files.move(folder.resolve("events.jsonl"), folder.resolve("events.1.jsonl"));
    }
}
