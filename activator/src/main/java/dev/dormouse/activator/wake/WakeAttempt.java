package dev.dormouse.activator.wake;

import dev.dormouse.activator.config.ConfigException;
import dev.dormouse.activator.config.ContainerFacts;
import dev.dormouse.activator.config.Names;
import dev.dormouse.activator.config.ServiceConfig;
import dev.dormouse.waitport.Backoff;
import dev.dormouse.waitport.DurationText;
import dev.dormouse.waitport.Wait;
import dev.dormouse.waitport.WaitOutcome;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One try to have a container ready, within its deadlines.
 *
 * @param begunNanos when it was asked for, on the clock of {@link System#nanoTime}
 */
record WakeAttempt(ServiceConfig config, ContainerFacts facts, UnitStart start, long begunNanos) {
    /** A client waits meanwhile, and an attempt is a look at a file or two. */
    private static final Backoff BACKOFF = Backoff.upTo(Duration.ofMillis(5));

    /** Blocks until the container is ready, or will not be. */
    WakeOutcome run() throws InterruptedException {
        InetAddress address = facts.address()
                .orElseThrow(() -> new ConfigException(
                        "container " + facts.name() + " has no network (--network none): nothing can connect to it"));
        ContainerProbe probe = new ContainerProbe(
                start::awaitTurn,
                facts.startedFile(),
                () -> failure().map(WakeAttempt::words),
                ContainerProbe.ofService(config, facts, address));
        WaitOutcome outcome = Wait.until(probe, config.deadline(), BACKOFF);
        return switch (outcome) {
            case WaitOutcome.Ready _ ->
                new WakeOutcome.Ready(
                        new InetSocketAddress(address, config.port()), config, facts, new CompletableFuture<>());
            case WaitOutcome.Broken broken ->
                failure()
                        .orElseGet(() -> new WakeOutcome.Failed(
                                WakeFailure.ENDED,
                                "container " + facts.name() + ": " + broken.detail() + " before it was ready"
                                        + where()));
            case WaitOutcome.TimedOut late ->
                new WakeOutcome.Failed(
                        WakeFailure.READY_TIMEOUT,
                        "container " + facts.name() + ": not ready after " + DurationText.format(config.deadline())
                                + ": " + late.last().detail() + where());
        };
    }

    private Optional<WakeOutcome> failure() {
        return start.failure().or(this::unitLate);
    }

    /** From its turn on; while systemd cannot be asked yet, from the beginning. */
    private Optional<WakeOutcome> unitLate() {
        Duration allowed = config.limits().unitDeadline();
        long since = System.nanoTime() - start.turnNanos().orElse(begunNanos);
        if (since <= allowed.toNanos() || start.isQueued() || Files.exists(facts.startedFile())) {
            return Optional.empty();
        }
        return Optional.of(new WakeOutcome.Failed(
                WakeFailure.UNIT_TIMEOUT,
                "container " + facts.name() + ": not started within " + DurationText.format(allowed) + where()));
    }

    private String where() {
        return "; see journalctl -u " + Names.containerUnit(facts.name());
    }

    private static String words(WakeOutcome failure) {
        return switch (failure) {
            case WakeOutcome.Failed failed -> failed.reason();
            case WakeOutcome.Dropped _ -> "nobody waits any more";
            case WakeOutcome.Ready _ -> throw new IllegalArgumentException("no failure: " + failure);
        };
    }
}
