package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Services that wake and sleep all the time while what runs them is killed at random: a client gets its answer, unless its own container
 * died, or the activator did while it had the client. A build draws the same schedule each time; {@code dormouse.chaos.seed} draws another, {@code dormouse.chaos.rounds} is
 * its length: twenty are a test of each build, some thousands take an hour. {@code dormouse.chaos.tell=true} says who was turned away by what.
 */
@ExtendWith(LeavesNothing.class)
class ChaosIT {
    private static final int ROUNDS = Integer.getInteger("dormouse.chaos.rounds", 20);
    private static final long SEED = Long.getLong("dormouse.chaos.seed", 20);
    private static final Path PAGES = Path.of("/run/dormouse-chaos");
    private static final int SHORT_BYTES = 10;
    private static final int LONG_BYTES = 3 * 1024 * 1024;
    private static final int MOST_CLIENTS = 6;
    private static final int SPREAD_MILLIS = 300;

    /** {@code others}: those whose container must run before this one's. */
    private record Declared(String name, int port, Set<String> others, List<String> options) {
        /** Its clients notice the death of these. */
        boolean needs(String container) {
            return name.equals(container) || others.contains(container);
        }
    }

    private static final List<Declared> SERVICES = List.of(
            new Declared("plain", 8120, Set.of(), List.of("--idle", "200ms", "--group", "both")),
            new Declared("twin", 8121, Set.of(), List.of("--idle", "300ms", "--group", "both")),
            new Declared("frosty", 8122, Set.of(), List.of("--idle", "500ms", "--freeze-after", "100ms")),
            new Declared("base", 8123, Set.of(), List.of("--idle", "200ms")),
            new Declared("above", 8124, Set.of("base"), List.of("--idle", "300ms", "--after", "base")));

    private final Map<String, String> ids = new HashMap<>();
    private final Kills kills = new Kills(SERVICES.stream().map(Declared::name).toList());
    private final List<Future<Visit>> visits = new ArrayList<>();
    private final List<Future<?>> acts = new ArrayList<>();

    @BeforeEach
    void declare() throws IOException {
        NginxService.loadImage();
        Files.createDirectories(PAGES);
        Files.write(PAGES.resolve("short"), page(SHORT_BYTES));
        Files.write(PAGES.resolve("long"), page(LONG_BYTES));
        for (Declared service : SERVICES) {
            ids.put(
                    service.name(),
                    Shell.docker(
                            "create",
                            "--name",
                            service.name(),
                            "--volume",
                            PAGES + ":/usr/share/nginx/html:ro",
                            "nginx"));
            List<String> command = new ArrayList<>(List.of(
                    "dormouse",
                    "enable",
                    service.name(),
                    "--listen",
                    Integer.toString(service.port()),
                    "--port",
                    "80"));
            command.addAll(service.options());
            Shell.run(command.toArray(String[]::new));
        }
    }

    @AfterEach
    void takeAway() {
        for (Declared service : SERVICES.reversed()) {
            Shell.attempt("dormouse", "disable", service.name());
            Shell.attempt("docker", "rm", "--force", service.name());
        }
        Shell.run("rm", "-r", PAGES.toString());
    }

    @Test
    void whoeverIsTurnedAwayHasItsOwnContainersDeathToThank() throws Exception {
        System.out.printf("-Ddormouse.chaos.seed=%d -Ddormouse.chaos.rounds=%d%n", SEED, ROUNDS);
        Random random = new Random(SEED);
        String begin = Shell.run("date", "+%s");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < ROUNDS; round++) {
                sendClients(threads, random);
                doSomething(threads, random);
                letTimePass(random);
            }
            for (Future<?> act : acts) {
                act.get();
            }
        }
        judge();
        if (Boolean.getBoolean("dormouse.chaos.tell")) {
            tell();
        }
        everyServiceWakesAndSleeps();
        System.out.printf(
                "%d clients, %d of them turned away by %d deaths; %d wakes%n",
                visits.size(),
                visits.stream()
                        .filter(visit -> visit.resultNow().failure().isPresent())
                        .count(),
                kills.harms().size(),
                Shell.run("journalctl", "--quiet", "--output=cat", "--since=@" + begin, "PHASE=wake", "OUTCOME=ready")
                        .lines()
                        .count());
    }

    private void sendClients(ExecutorService threads, Random random) {
        int clients = random.nextInt(MOST_CLIENTS + 1);
        for (int client = 0; client < clients; client++) {
            Declared service = SERVICES.get(random.nextInt(SERVICES.size()));
            boolean large = random.nextInt(4) == 0;
            int pauseMillis = random.nextBoolean() ? 0 : random.nextInt(SPREAD_MILLIS);
            Visit.Wish wish = new Visit.Wish(
                    large ? "/long" : "/short", large ? LONG_BYTES : SHORT_BYTES, 1 + random.nextInt(2), pauseMillis);
            int after = random.nextInt(SPREAD_MILLIS);
            visits.add(threads.submit(() -> {
                Pause.of(after);
                return Visit.pay(service.name(), service.port(), wish);
            }));
        }
    }

    private void doSomething(ExecutorService threads, Random random) {
        String container = SERVICES.get(random.nextInt(SERVICES.size())).name();
        Set<String> victims = Set.copyOf(SERVICES.stream()
                .filter(service -> service.needs(container))
                .map(Declared::name)
                .toList());
        String id = Objects.requireNonNull(ids.get(container), container);
        int after = random.nextInt(SPREAD_MILLIS);
        Runnable act = switch (random.nextInt(12)) {
            case 0, 1 -> kills::activator;
            case 2 -> kills::terminateActivator;
            case 3 -> kills::restartActivator;
            case 4 -> kills::engine;
            case 5 -> () -> kills.conmon(container, id, victims);
            case 6 -> () -> kills.container(container, id, victims);
            case 7 -> () -> kills.stop(container, victims);
            default -> () -> {};
        };
        acts.add(threads.submit(() -> {
            Pause.of(after);
            act.run();
        }));
    }

    /** Less than an idle time, about one, or until nobody comes any more and nothing is done. */
    private void letTimePass(Random random) {
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> Pause.of(random.nextInt(SPREAD_MILLIS));
            case 3, 4, 5 -> Pause.of(200 + random.nextInt(600));
            default -> {
                Await.until(
                        "clients and acts have ended",
                        () -> Stream.concat(visits.stream(), acts.stream()).allMatch(Future::isDone));
            }
        }
    }

    private void judge() throws Exception {
        List<Visit> unexplained = new ArrayList<>();
        for (Future<Visit> each : visits) {
            Visit visit = each.get();
            boolean hung = visit.failure()
                    .filter(failure -> failure.contains("Timeout"))
                    .isPresent();
            boolean refused = visit.failure()
                    .filter(failure -> failure.contains("refused"))
                    .isPresent();
            boolean explained = kills.harms().stream().anyMatch(harm -> harm.explains(visit));
            if (visit.failure().isPresent() && (hung || refused || !explained)) {
                unexplained.add(visit);
            }
        }
        assertThat(unexplained)
                .as("seed %d; what was done:\n%s\n%s", SEED, String.join("\n", kills.acts()), Shell.journal())
                .isEmpty();
    }

    /** Who was turned away and why that is so, to be read by somebody. */
    private void tell() {
        kills.acts().forEach(System.out::println);
        kills.harms().forEach(System.out::println);
        visits.stream()
                .map(Future::resultNow)
                .filter(visit -> visit.failure().isPresent())
                .forEach(System.out::println);
    }

    private static void everyServiceWakesAndSleeps() {
        for (int time = 0; time < 2; time++) {
            for (Declared service : SERVICES) {
                Visit visit = Visit.pay(service.name(), service.port(), new Visit.Wish("/short", SHORT_BYTES, 1, 0));
                assertThat(visit.failure()).as(visit + "\n" + Shell.journal()).isEmpty();
            }
            for (Declared service : SERVICES) {
                SystemUnit.proxy(service.name()).awaitInactive();
                SystemUnit.container(service.name()).awaitInactive();
            }
        }
        assertThat(Shell.run("systemctl", "list-units", "--failed", "--plain", "--no-legend", "dormouse*"))
                .isEmpty();
    }

    private static byte[] page(int bytes) {
        byte[] page = new byte[bytes];
        for (int place = 0; place < bytes; place++) {
            page[place] = Visit.expected(place);
        }
        return page;
    }
}
