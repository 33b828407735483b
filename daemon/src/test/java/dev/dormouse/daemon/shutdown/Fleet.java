package dev.dormouse.daemon.shutdown;

import dev.dormouse.daemon.container.ContainerConfig;
import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.NetworkMode;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.runtime.ContainerRecords;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** Running containers in memory, of which some fail to stop or never do. */
final class Fleet implements RunningContainers {
    private final List<ContainerRecord> running = new ArrayList<>();
    private final Set<String> failing = new HashSet<>();
    private final Set<String> hanging = new HashSet<>();
    private final CountDownLatch killed = new CountDownLatch(1);

    /** What happened, in its order. */
    final List<String> log = new ArrayList<>();

    static ContainerRecord container(String name, int stopTimeout, String... needs) {
        ContainerConfig plain = ContainerRecords.config(List.of("serve"));
        Map<String, String> labels = Map.of(
                Dependencies.PROJECT,
                "shop",
                Dependencies.SERVICE,
                name.replaceAll("-\\d+$", ""),
                Dependencies.DEPENDS_ON,
                String.join(
                        ",",
                        java.util.Arrays.stream(needs)
                                .map(need -> need + ":service_started:false")
                                .toList()));
        ContainerConfig config = new ContainerConfig(
                plain.hostname(),
                plain.user(),
                plain.env(),
                plain.entrypoint(),
                plain.cmd(),
                plain.workingDir(),
                labels,
                plain.exposedPorts(),
                plain.stopSignal(),
                Optional.of(stopTimeout),
                plain.healthcheck(),
                plain.image());
        return ContainerRecords.with(name, config, ContainerRecords.host(NetworkMode.NONE));
    }

    Fleet with(String name, int stopTimeout, String... needs) {
        running.add(container(name, stopTimeout, needs));
        return this;
    }

    Fleet failing(String name) {
        failing.add(name);
        return this;
    }

    Fleet hanging(String name) {
        hanging.add(name);
        return this;
    }

    @Override
    public synchronized List<ContainerRecord> running() {
        return List.copyOf(running);
    }

    @Override
    public void stop(ContainerRecord container) {
        if (failing.contains(container.name())) {
            throw new EngineException.Failed("systemd is on fire");
        }
        if (hanging.contains(container.name())) {
            awaitKill();
        }
        end(container, "stopped");
    }

    @Override
    public void kill(ContainerRecord container) {
        end(container, "killed");
        killed.countDown();
    }

    private synchronized void end(ContainerRecord container, String how) {
        if (running.remove(container)) {
            log.add(how + " " + container.name());
        }
    }

    private void awaitKill() {
        try {
            killed.await();
        } catch (InterruptedException e) {
            throw new EngineException.Failed("interrupted", e);
        }
    }
}
