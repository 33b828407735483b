package dev.dormouse.daemon.health;

import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.waitport.Backoff;
import dev.dormouse.waitport.Cause;
import dev.dormouse.waitport.CommandProbe;
import dev.dormouse.waitport.LogProbe;
import dev.dormouse.waitport.Probe;
import dev.dormouse.waitport.ProbeResult;
import dev.dormouse.waitport.Wait;
import dev.dormouse.waitport.WaitOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that is probed of one run of a container: on a thread of its own, until the run is over or the thread is interrupted. */
final class Probing {
    private static final Logger LOG = LoggerFactory.getLogger(Probing.class);
    /** The request is made when a start begins; systemd gives a start a minute. */
    private static final Duration START = Duration.ofMinutes(2);

    private static final Backoff LOOKS = Backoff.upTo(Duration.ofMillis(10));

    private final ProberPaths paths;
    private final ProbeRequest request;
    private final Recovery recovery;

    Probing(ProberPaths paths, ProbeRequest request, Recovery recovery) {
        this.paths = paths;
        this.request = request;
        this.recovery = recovery;
    }

    void probe() throws InterruptedException {
        try {
            Optional<ContainerRun> run = awaitRun();
            if (run.isPresent()) {
                probe(run.get());
            }
        } catch (EngineException e) {
            LOG.error("container {} is not probed: {}", request.name(), e.getMessage());
        }
    }

    private Optional<ContainerRun> awaitRun() throws InterruptedException {
        Path started = paths.runFolder(request.id()).resolve("started");
        Probe isThere = _ -> ContainerRun.read(started).isPresent()
                ? ProbeResult.READY
                : new ProbeResult.NotYet(Cause.NOT_LISTENING);
        return Wait.until(isThere, START, LOOKS) instanceof WaitOutcome.Ready
                ? ContainerRun.read(started)
                : Optional.empty();
    }

    private void probe(ContainerRun run) throws InterruptedException {
        Optional<HealthPlan> plan = HealthPlan.read(paths.plan(request.id()));
        Awaited awaited = Awaited.read(paths.service(request.name()));
        RunRecord record = new RunRecord(
                paths, request, run, plan.map(HealthPlan::unhealthy).orElse(UnhealthyAction.NOTHING), recovery);
        Thread readiness =
                Thread.ofVirtual().name("ready-" + request.name()).unstarted(() -> await(awaited, run, record));
        readiness.start();
        try {
            if (plan.isPresent()) {
                monitor(plan.get(), awaited, run, record).watch();
            }
            readiness.join();
        } finally {
            readiness.interrupt();
        }
    }

    private HealthMonitor monitor(HealthPlan plan, Awaited awaited, ContainerRun run, RunRecord record) {
        Optional<Duration> held =
                awaited instanceof Awaited.Healthy healthy ? Optional.of(healthy.within()) : Optional.empty();
        Exec exec = new CrunExec(CrunExec.prefix(paths, request.id()));
        return new HealthMonitor(plan, run.startedAt(), run, exec, record, Pace.SYSTEM, held);
    }

    /** What the health monitor does not see. Goes on after the service's deadline: the next client waits for it anew. */
    private void await(Awaited awaited, ContainerRun run, RunRecord record) {
        try {
            switch (awaited) {
                case Awaited.Nothing _, Awaited.Healthy _ -> {}
                case Awaited.Command command -> {
                    List<String> whole = new ArrayList<>(CrunExec.prefix(paths, request.id()));
                    whole.addAll(command.command());
                    await(new CommandProbe(whole), command.within(), Backoff.COMMAND, run, record);
                }
                case Awaited.LogLine line ->
                    await(
                            LogProbe.from(paths.log(request.id()), request.logOffset(), line.expression()),
                            line.within(),
                            Backoff.STANDARD,
                            run,
                            record);
            }
        } catch (InterruptedException _) {
            LOG.debug("the run of container {} is over", request.name());
        } catch (EngineException e) {
            LOG.error("container {} is not probed: {}", request.name(), e.getMessage());
        }
    }

    private void await(Probe probe, Duration within, Backoff backoff, ContainerRun run, RunRecord record)
            throws InterruptedException {
        while (run.isAlive()) {
            switch (Wait.until(probe, within, backoff)) {
                case WaitOutcome.Ready _ -> {
                    record.ready();
                    return;
                }
                case WaitOutcome.TimedOut late ->
                    LOG.warn(
                            "container {} is not ready yet: {}: {}",
                            request.name(),
                            probe,
                            late.last().detail());
                case WaitOutcome.Broken broken -> {
                    LOG.error("container {} will not be ready: {}: {}", request.name(), probe, broken.detail());
                    return;
                }
            }
        }
    }
}
