package dev.dormouse.activator.service;

import dev.dormouse.activator.cgroup.ContainerCgroup;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees when a service's container last used as much of a processor as counts for a connection. Used by tasks of the agenda only. */
final class CpuWatch {
    private static final Logger LOG = LoggerFactory.getLogger(CpuWatch.class);
    /** Of what is waited for; a burst shorter than a look counts by its average. */
    private static final int LOOKS = 4;

    private static final Duration LEAST = Duration.ofMillis(250);
    private static final Duration MOST = Duration.ofSeconds(10);
    private static final double PERCENT = 100;

    private record Sample(long nanos, Duration used) {}

    private final String name;
    private final Surroundings around;
    private final Declared declared;
    private final Timer timer;
    /** What is found out about an earlier one comes too late. */
    private int run;

    private boolean told;
    private Optional<Sample> last = Optional.empty();
    private Optional<Long> busyNanos = Optional.empty();

    CpuWatch(String name, Surroundings around, Declared declared) {
        this.name = name;
        this.around = around;
        this.declared = declared;
        this.timer = new Timer(around.agenda());
    }

    /**
     * The container runs: looks from now on, if the service wants that. Not at once: it may be ready before {@code container-start} has
     * written where its cgroup is.
     */
    void begin(ContainerCgroup cgroup) {
        end();
        if (declared.rest().idleCpu().isPresent()) {
            plan(cgroup);
        }
    }

    void end() {
        timer.cancel();
        run++;
        told = false;
        last = Optional.empty();
        busyNanos = Optional.empty();
    }

    /** The later of a time and when the container was last busy. */
    long lastBusyNanos(long other) {
        return busyNanos.filter(busy -> busy - other > 0).orElse(other);
    }

    private void plan(ContainerCgroup cgroup) {
        timer.plan(interval(), () -> look(cgroup));
    }

    private void look(ContainerCgroup cgroup) {
        plan(cgroup);
        int current = run;
        long now = around.agenda().nanos();
        around.background().execute(() -> {
            try {
                Duration used = cgroup.processorTime();
                found(current, () -> sampled(now, used));
            } catch (NoSuchFileException e) {
                LOG.debug("{}: its container does not run", name, e);
            } catch (IOException e) {
                found(current, () -> unknown(e));
            }
        });
    }

    private void found(int current, Runnable finding) {
        around.agenda().execute(() -> {
            if (run == current) {
                finding.run();
            }
        });
    }

    private void unknown(IOException why) {
        if (!told) {
            told = true;
            LOG.warn("{}: what its container uses of a processor cannot be told: {}", name, why.getMessage());
        }
    }

    private void sampled(long nanos, Duration used) {
        Sample sample = new Sample(nanos, used);
        last.ifPresent(before -> {
            Duration passed = Duration.ofNanos(sample.nanos() - before.nanos());
            double percent = PERCENT * used.minus(before.used()).toNanos() / Math.max(1, passed.toNanos());
            if (percent >= declared.rest().idleCpu().orElse(Integer.MAX_VALUE)) {
                busyNanos = Optional.of(around.agenda().nanos());
            }
        });
        last = Optional.of(sample);
    }

    private Duration interval() {
        Duration interval = declared.firstStage().dividedBy(LOOKS);
        if (interval.compareTo(LEAST) < 0) {
            return LEAST;
        }
        return interval.compareTo(MOST) > 0 ? MOST : interval;
    }
}
