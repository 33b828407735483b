package dev.dormouse.daemon.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.daemon.process.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An engine that is killed while it changes images, at moments that differ with every run. */
class ImagesKilledTest {
    private static final int KILLS = 2;
    private static final int MOST_LINES = 6;
    private static final long LONGEST_CHANGE_NANOS = 150_000_000;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private Path folder = Path.of("/");

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory(Path.of("/var/tmp"), "dormouse-killed");
    }

    @AfterEach
    void removeFolder() {
        Program.of("rm", "-rf", folder.toString()).runOrThrow();
    }

    @Test
    @Timeout(60)
    void nothingAcknowledgedIsLostAndNothingElseStays() throws Exception {
        Set<String> acknowledged = new TreeSet<>();
        for (int kill = 0; kill < KILLS; kill++) {
            String inFlight = changeUntilKilled("run" + kill, acknowledged);

            ImageStore images = ImageStore.open(folder.resolve("state"), folder.resolve("run"));
            Set<String> there = new TreeSet<>();
            images.list().forEach(image -> there.addAll(image.tags()));
            there.remove(inFlight);
            Set<String> expected = new TreeSet<>(acknowledged);
            expected.remove(inFlight);
            assertThat(there).as("seed %d, in flight %s", seed, inFlight).isEqualTo(expected);
            assertThat(images.list())
                    .as("no image without a name")
                    .allMatch(image -> !image.tags().isEmpty());
            assertThat(layersOnDisk()).as("seed %d", seed).isEqualTo(layersOf(images));
            acknowledged.clear();
            images.list().forEach(image -> acknowledged.addAll(image.tags()));
        }
    }

    /** The name that the next line would have been about: whether it is there is not known. */
    private String changeUntilKilled(String word, Set<String> acknowledged) throws Exception {
        Process engine = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ImagesToKill.class.getName(),
                        folder.resolve("state").toString(),
                        folder.resolve("run").toString(),
                        word)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String last = "";
        try (BufferedReader lines = engine.inputReader()) {
            assertThat(lines.readLine()).isEqualTo("open");
            int before = 1 + random.nextInt(MOST_LINES);
            for (int i = 0; i < before; i++) {
                last = lines.readLine();
                note(last, acknowledged);
            }
            // Not a wait for anything: the instant within the next change is what is tried.
            long instant = System.nanoTime() + random.nextLong(LONGEST_CHANGE_NANOS);
            while (System.nanoTime() < instant) {
                Thread.onSpinWait();
            }
            killAsSystemdDoes(engine.toHandle());
            for (String rest = lines.readLine(); rest != null; rest = lines.readLine()) {
                last = rest;
                note(rest, acknowledged);
            }
        }
        engine.waitFor();
        return next(last, word);
    }

    /** The whole control group, and so the programs that it runs too (systemd.kill(5)). */
    private static void killAsSystemdDoes(ProcessHandle engine) {
        List<ProcessHandle> group =
                Stream.concat(Stream.of(engine), engine.descendants()).toList();
        group.forEach(ProcessHandle::destroyForcibly);
        group.forEach(process -> process.onExit().join());
    }

    private static void note(String line, Set<String> acknowledged) {
        String name = line.substring(line.indexOf(' ') + 1) + ":latest";
        if (line.startsWith("has ")) {
            acknowledged.add(name);
        } else {
            acknowledged.remove(name);
        }
    }

    /** What {@link ImagesToKill} does after a line. */
    private static String next(String line, String word) {
        String name = line.substring(line.indexOf(' ') + 1);
        boolean second = name.endsWith("-too");
        String first = second ? name.substring(0, name.length() - "-too".length()) : name;
        int number = Integer.parseInt(first.substring(first.lastIndexOf('-') + 1));
        if (!second) {
            return first + "-too:latest";
        }
        boolean removes = line.startsWith("has ") && number % 2 == 0;
        return (removes ? first : "image-" + word + "-" + (number + 1)) + ":latest";
    }

    private Set<String> layersOnDisk() throws IOException {
        try (Stream<Path> layers = Files.list(folder.resolve("state/storage/overlay"))) {
            Set<String> ids = new HashSet<>();
            layers.map(path -> path.getFileName().toString())
                    .filter(name -> !name.equals("l") && !name.startsWith("."))
                    .forEach(ids::add);
            return ids;
        }
    }

    private static Set<String> layersOf(Images images) {
        Set<String> ids = new HashSet<>();
        images.list().stream().map(Image::layers).flatMap(List::stream).forEach(ids::add);
        return ids;
    }
}
