package dev.dormouse.activator.wake;

import dev.dormouse.activator.config.ConfigException;
import dev.dormouse.activator.config.ContainerFacts;
import dev.dormouse.activator.config.Folders;
import dev.dormouse.activator.config.Names;
import dev.dormouse.activator.config.ServiceConfig;
import dev.dormouse.units.manager.SystemdManager;
import dev.dormouse.waitport.Backoff;
import dev.dormouse.waitport.DurationText;
import dev.dormouse.waitport.Wait;
import dev.dormouse.waitport.WaitOutcome;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Wakes through systemd. Starting the unit and asking whether it is ready go on at the same time, and the probe has the last word: the
 * container may well be up before the bus is connected.
 */
public final class SystemdWaker implements Waker {
    /** A client waits meanwhile, and an attempt is a look at a file or two. */
    private static final Backoff BACKOFF = Backoff.upTo(Duration.ofMillis(5));

    private final Folders folders;
    private final SystemdManager manager;
    private final Executor background;

    /**
     * A waker.
     *
     * @param background runs what blocks, each task on a thread of its own
     */
    public SystemdWaker(Folders folders, SystemdManager manager, Executor background) {
        this.folders = folders;
        this.manager = manager;
        this.background = background;
    }

    @Override
    public void wake(String name, boolean handedOver, Consumer<WakeOutcome> outcome) {
        long begin = System.nanoTime();
        background.execute(() -> {
            UnitStart start = new UnitStart(container(name), handedOver, manager, System::nanoTime);
            background.execute(start);
            WakeOutcome ended = attempt(name, start, begin);
            outcome.accept(ended);
            start.close();
        });
    }

    /** If the file is wrong the attempt says so; systemd starts what it was told to all the same. */
    private String container(String name) {
        try {
            return folders.service(name).container();
        } catch (ConfigException e) {
            return name;
        }
    }

    private WakeOutcome attempt(String name, UnitStart start, long begin) {
        try {
            ServiceConfig config = ServiceConfig.read(folders.serviceFile(name), name);
            String container = config.container();
            ContainerFacts facts = ContainerFacts.read(folders.wakeFile(container), container);
            InetAddress address = facts.address()
                    .orElseThrow(() -> new ConfigException(
                            "container " + container + " has no network (--network none): nothing can connect to it"));
            ContainerProbe probe = new ContainerProbe(
                    facts.startedFile(), start::failure, ContainerProbe.ofService(config, facts, address));
            WaitOutcome outcome = Wait.until(probe, config.deadline(), BACKOFF);
            return switch (outcome) {
                case WaitOutcome.Ready _ ->
                    new WakeOutcome.Ready(
                            new InetSocketAddress(address, config.port()), config, facts, phases(start, begin));
                case WaitOutcome.Broken broken ->
                    new WakeOutcome.Failed(start.failure()
                            .orElse("container " + container + ": " + broken.detail()
                                    + " before it was ready; see journalctl -u " + Names.containerUnit(container)));
                case WaitOutcome.TimedOut late ->
                    new WakeOutcome.Failed("container " + container + ": not ready after "
                            + DurationText.format(config.deadline()) + ": "
                            + late.last().detail()
                            + "; see journalctl -u " + Names.containerUnit(container));
            };
        } catch (ConfigException e) {
            return new WakeOutcome.Failed("container " + name + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new WakeOutcome.Failed("container " + name + ": interrupted while waking it");
        }
    }

    private static WakePhases phases(UnitStart start, long begin) {
        return new WakePhases(
                start.endedNanos().map(end -> Duration.ofNanos(end - begin)),
                Duration.ofNanos(System.nanoTime() - begin));
    }
}
