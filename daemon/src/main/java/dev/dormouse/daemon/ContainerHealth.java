package dev.dormouse.daemon;

import dev.dormouse.daemon.health.HealthChangeWatch;
import dev.dormouse.daemon.health.Prober;
import dev.dormouse.daemon.health.ProberPaths;
import dev.dormouse.daemon.health.UnhealthyAction;
import dev.dormouse.daemon.lifecycle.ContainerService;
import dev.dormouse.daemon.runtime.RuntimePaths;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The engine's part in the containers' health: it tells of changes, and without systemd, where no {@code dormouse-prober.service} is
 * started, it runs the prober itself. One thread begins and closes it.
 */
final class ContainerHealth implements AutoCloseable {
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private final ProberPaths paths;
    private final ContainerService containers;
    private final boolean probesItself;
    private volatile @Nullable HealthChangeWatch changes;
    private volatile Optional<Thread> prober = Optional.empty();

    ContainerHealth(RuntimePaths paths, ContainerService containers, boolean probesItself) {
        this.paths = ProberPaths.of(paths.state(), paths.run());
        this.containers = containers;
        this.probesItself = probesItself;
    }

    /** The containers are known: what is told of one now is told to its followers. */
    void begin() {
        changes = HealthChangeWatch.begin(paths, containers::healthChanged);
        if (probesItself) {
            Prober own = new Prober(paths, this::recover);
            prober = Optional.of(Thread.ofVirtual().name("prober").start(() -> own.run(FOR_EVER)));
        }
    }

    private void recover(UnhealthyAction action, String unitName, String id) {
        Thread.ofVirtual().name("recover-" + unitName).start(() -> {
            switch (action) {
                case NOTHING -> {}
                case RESTART -> containers.restart(id, Optional.empty(), Optional.empty());
                case STOP -> containers.stop(id, Optional.empty(), Optional.empty());
            }
        });
    }

    @Override
    public void close() {
        HealthChangeWatch open = changes;
        if (open != null) {
            open.close();
        }
        prober.ifPresent(thread -> {
            thread.interrupt();
            try {
                thread.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
