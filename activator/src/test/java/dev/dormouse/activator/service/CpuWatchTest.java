package dev.dormouse.activator.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.activator.cgroup.ContainerCgroup;
import dev.dormouse.activator.config.Readiness;
import dev.dormouse.activator.config.Relations;
import dev.dormouse.activator.config.RestRules;
import dev.dormouse.activator.config.ServiceConfig;
import dev.dormouse.activator.config.ServiceLimits;
import dev.dormouse.activator.tally.Tally;
import dev.dormouse.units.service.Edge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuWatchTest {
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final int HALF = 50;

    private final ManualAgenda agenda = new ManualAgenda();
    private final Queue<Runnable> background = new ArrayDeque<>();
    private final Declared declared = new Declared("web");

    @TempDir
    private Path folder;

    private final CpuWatch watch = watch();

    private CpuWatch watch() {
        Surroundings around = new Surroundings(
                agenda,
                background::add,
                (_, _) -> {},
                _ -> {
                    throw new IllegalStateException("read");
                },
                new FakeSystemd(),
                new Settings(Duration.ZERO, Duration.ofSeconds(10), 100),
                _ -> {},
                new Tally());
        return new CpuWatch("web", around, declared);
    }

    @BeforeEach
    void declare() {
        declared.become(new ServiceConfig(
                "web",
                List.of("80"),
                80,
                INTERVAL.multipliedBy(4),
                new Readiness.Listening(),
                Duration.ofSeconds(20),
                ServiceLimits.STANDARD,
                Relations.ofContainer("web"),
                new RestRules(Optional.empty(), OptionalInt.of(HALF), Optional.empty(), List.of()),
                Edge.PLAIN));
    }

    @Test
    void looksWhenTheContainerHasHadTimeToSayWhereItsCgroupIs() {
        watch.begin(new ContainerCgroup(folder.resolve("cgroup")));
        agenda.settle();
        assertThat(background).isEmpty();

        agenda.pass(INTERVAL);
        agenda.settle();

        assertThat(background).hasSize(1);
    }

    @Test
    void whatIsNotThereAtOneLookCountsFromTheNextOn() throws IOException {
        watch.begin(new ContainerCgroup(folder.resolve("cgroup")));
        look();
        used(Duration.ofSeconds(1));
        Files.writeString(folder.resolve("cgroup"), folder + "\n");
        look();
        long begun = agenda.nanos();
        assertThat(watch.lastBusyNanos(begun - 1)).isEqualTo(begun - 1);

        used(Duration.ofSeconds(4));
        look();

        assertThat(watch.lastBusyNanos(begun)).isEqualTo(begun + INTERVAL.toNanos());
    }

    private void used(Duration time) throws IOException {
        Files.writeString(folder.resolve("cpu.stat"), "usage_usec " + time.toNanos() / 1_000 + "\n");
    }

    private void look() {
        agenda.pass(INTERVAL);
        agenda.settle();
        background.remove().run();
        agenda.settle();
    }
}
