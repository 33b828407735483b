package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Many services at rest, and many of them woken at once: dozens, as a test of each build. The whole of it, which takes minutes, is
 * {@code dormouse.services=1000} and {@code dormouse.herd=200}.
 */
@ExtendWith(LeavesNothing.class)
class HerdIT {
    private static final int SERVICES = Integer.getInteger("dormouse.services", 40);
    private static final int HERD = Integer.getInteger("dormouse.herd", 16);
    private static final int BATCH = 100;
    private static final int CLIENTS_EACH = 5;
    private static final int AT_A_TIME = 4;
    private static final int FIRST_PORT = 20_000;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Path MAX_WAKES = Path.of("/etc/dormouse/max-wakes");
    private static final Path SLOTS = Path.of("/run/dormouse/slots");
    private static final Pattern QUEUED = Pattern.compile("\"QUEUE_USEC\":\"(\\d+)\"");

    private final AtomicBoolean over = new AtomicBoolean();

    @BeforeEach
    void declare() throws IOException {
        BusyboxImage.load();
        Files.writeString(MAX_WAKES, AT_A_TIME + "\n");
        inBatches((first, last) -> Shell.run(
                "sh",
                "-ceu",
                """
                make() {
                  curl --silent --show-error --fail --output /dev/null --unix-socket /run/dormouse/docker.sock \\
                    --header 'Content-Type: application/json' --data '{"Image": "busybox",
                      "Cmd": ["httpd", "-f", "-p", "80", "-h", "/tmp"], "StopTimeout": 1, "ExposedPorts": {"80/tcp": {}}, "Labels": {
                      "dormouse.listen": "127.0.0.1:'$(($1 + $2))'", "dormouse.queue-deadline": "10m"}}' \\
                    "http://engine/v1.44/containers/create?name=herd$2"
                }
                for number in $(seq "$2" "$3"); do
                  make "$1" "$number" &
                  [ $((number % 8)) -ne 0 ] || wait
                done
                wait
                """,
                "sh",
                Integer.toString(FIRST_PORT),
                Integer.toString(first),
                Integer.toString(last)));
    }

    @AfterEach
    void takeAway() throws IOException {
        over.set(true);
        Files.deleteIfExists(MAX_WAKES);
        Shell.run("systemctl", "stop", "dormouse-metrics.socket");
        inBatches((first, last) -> Shell.run(
                "curl",
                "--silent",
                "--show-error",
                "--fail",
                "--parallel",
                "--parallel-max",
                "8",
                "--request",
                "DELETE",
                "--output",
                "/dev/null",
                "--unix-socket",
                "/run/dormouse/docker.sock",
                "http://engine/v1.44/containers/herd[" + first + "-" + last + "]?force=1"));
    }

    /** Each within the patience that a command has. */
    private static void inBatches(BiConsumer<Integer, Integer> act) {
        for (int first = 1; first <= SERVICES; first += BATCH) {
            act.accept(first, Math.min(first + BATCH - 1, SERVICES));
        }
    }

    @Test
    void atRestTheyAreSocketsAloneAndAWakingHerdIsServedAFewAtATime() throws Exception {
        SystemUnit.ENGINE.stop();
        SystemUnit.ACTIVATOR.stop();
        assertThat(listening()).isEqualTo(SERVICES);
        assertThat(Shell.attempt("pgrep", "--full", "--list-full", "lib/dormouse|conmon")
                        .output())
                .as("processes of services at rest")
                .isEmpty();

        AtomicLong most = new AtomicLong();
        Thread watcher = Thread.ofPlatform().daemon().start(() -> {
            while (!over.get()) {
                most.accumulateAndGet(slots(), Math::max);
            }
        });
        long begun = System.nanoTime();
        List<Future<HttpGet.Answer>> answers = new ArrayList<>();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < CLIENTS_EACH; round++) {
                for (int number = 1; number <= HERD; number++) {
                    HttpGet get = new HttpGet("127.0.0.1", FIRST_PORT + number, PATIENCE);
                    answers.add(clients.submit(get::send));
                }
            }
        }
        for (Future<HttpGet.Answer> answer : answers) {
            assertThat(answer.get().status()).isEqualTo(404);
        }
        Duration taken = Duration.ofNanos(System.nanoTime() - begun);
        over.set(true);
        watcher.join();

        assertThat(most).as("containers being started at a time").hasValueBetween(1, AT_A_TIME);
        Shell.run("systemctl", "start", "dormouse-metrics.socket");
        assertThat(SeeingIT.metrics("text/plain").lines())
                .as("the bound itself")
                .contains("dormouse_wake_slots " + AT_A_TIME + ".0");
        List<Long> queued = queued();
        System.out.printf(
                "%d of %d services woken by %d clients in %d ms, %d at a time; the median waited %d ms for its turn%n",
                HERD, SERVICES, answers.size(), taken.toMillis(), AT_A_TIME, queued.get(queued.size() / 2) / 1000);
        assertThat(queued).as("one wake each").hasSize(HERD);
        assertThat(queued.stream().filter(micros -> micros > 0).count())
                .as("who had to wait for its turn; the others found a slot when systemd came to start them")
                .isGreaterThan(HERD / 8);
        assertThat(listening()).as("who sleeps goes on listening").isEqualTo(SERVICES);
    }

    private static long listening() {
        return Shell.run("ss", "--listening", "--tcp", "--numeric", "--no-header")
                .lines()
                .filter(line -> line.contains("127.0.0.1:2"))
                .count();
    }

    private static long slots() {
        try (Stream<Path> files = Files.list(SLOTS)) {
            return files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How long each wake's service waited for its turn, in microseconds, ascending. */
    private static List<Long> queued() {
        Await.until("all wakes are told of", () -> wakes().size() >= HERD);
        return wakes().stream()
                .map(QUEUED::matcher)
                .filter(Matcher::find)
                .map(event -> Long.parseLong(event.group(1)))
                .sorted()
                .toList();
    }

    private static List<String> wakes() {
        return Shell.attempt("journalctl", "--quiet", "--boot", "--output=json", "PHASE=wake")
                .output()
                .lines()
                .filter(event -> event.contains("\"SERVICE\":\"herd"))
                .toList();
    }
}
