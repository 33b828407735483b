package dev.dormouse.activator.wake;

import dev.dormouse.activator.cgroup.ContainerCgroup;
import dev.dormouse.activator.config.ConfigException;
import dev.dormouse.activator.config.ContainerFacts;
import dev.dormouse.activator.config.Folders;
import dev.dormouse.activator.config.ServiceConfig;
import dev.dormouse.units.manager.SystemdManager;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes through systemd. Starting the unit and asking whether it is ready go on at the same time, and the probe has the last word: the
 * container may well be up before the bus is connected.
 */
public final class SystemdWaker implements Waker {
    private static final Logger LOG = LoggerFactory.getLogger(SystemdWaker.class);

    private final Folders folders;
    private final SystemdManager manager;
    private final WakeSlots slots;
    private final Executor background;

    /**
     * A waker.
     *
     * @param background runs what blocks, each task on a thread of its own
     */
    public SystemdWaker(Folders folders, SystemdManager manager, WakeSlots slots, Executor background) {
        this.folders = folders;
        this.manager = manager;
        this.slots = slots;
        this.background = background;
    }

    @Override
    public void wake(WakeRequest request, Consumer<WakeOutcome> outcome) {
        long begun = System.nanoTime();
        background.execute(() -> {
            try {
                attempt(request, begun, outcome);
            } catch (ConfigException e) {
                outcome.accept(new WakeOutcome.Failed(
                        WakeFailure.MISCONFIGURED, "container " + request.name() + ": " + e.getMessage()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                outcome.accept(new WakeOutcome.Failed(
                        WakeFailure.MISCONFIGURED, "container " + request.name() + ": interrupted while waking it"));
            }
        });
    }

    /** An activator before this one may have frozen it, and was killed: then not even its end has thawed it. */
    private static void thaw(ContainerFacts facts) {
        try {
            ContainerCgroup.of(facts).thaw();
        } catch (IOException e) {
            LOG.error("container {} may be frozen, and cannot be thawed: {}", facts.name(), e.getMessage());
        }
    }

    @Override
    public Optional<WakeOutcome.Ready> awake(ServiceConfig config) {
        try {
            ContainerFacts facts = ContainerFacts.read(folders.wakeFile(config.container()), config.container());
            return Files.exists(facts.startedFile())
                    ? facts.address()
                            .map(address -> new WakeOutcome.Ready(
                                    new InetSocketAddress(address, config.port()),
                                    config,
                                    facts,
                                    new CompletableFuture<>()))
                    : Optional.empty();
        } catch (ConfigException e) {
            LOG.debug("{}: {}", config.name(), e.getMessage());
            return Optional.empty();
        }
    }

    private void attempt(WakeRequest request, long begun, Consumer<WakeOutcome> outcome) throws InterruptedException {
        ServiceConfig config = ServiceConfig.read(folders.serviceFile(request.name()), request.name());
        ContainerFacts facts = ContainerFacts.read(folders.wakeFile(config.container()), config.container());
        thaw(facts);
        StartSlots startSlots = new StartSlots(folders.slots(), slots.most());
        try (UnitStart start = new UnitStart(
                request,
                config.container(),
                manager,
                slots,
                startSlots,
                config.limits().queueDeadline())) {
            background.execute(start);
            WakeOutcome ended = new WakeAttempt(config, facts, start, begun).run();
            long endedNanos = System.nanoTime();
            outcome.accept(ended);
            start.release();
            if (ended instanceof WakeOutcome.Ready ready) {
                ready.measured().complete(new PhaseTimes(request, manager).read(start, facts, begun, endedNanos));
            }
        }
    }
}
