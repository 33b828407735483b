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
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        Map<String, Awaited> awaited = awaited();
        RunRecord record = new RunRecord(
                paths, request, run, plan.map(HealthPlan::unhealthy).orElse(UnhealthyAction.NOTHING), recovery);
        List<Thread> readiness = new ArrayList<>();
        awaited.forEach((service, what) -> readiness.add(
                Thread.ofVirtual().name("ready-" + service).start(() -> await(service, what, run, record))));
        try {
            if (plan.isPresent()) {
                monitor(plan.get(), awaited.values(), run, record).watch();
            }
            for (Thread thread : readiness) {
                thread.join();
            }
        } finally {
            readiness.forEach(Thread::interrupt);
        }
    }

    /** By the name of the service; one whose file is wrong keeps the others from nothing. */
    private Map<String, Awaited> awaited() {
        Map<String, Awaited> awaited = new LinkedHashMap<>();
        for (String service : new ServicesOfContainer(paths.services()).names(request.name())) {
            try {
                awaited.put(service, Awaited.read(paths.service(service)));
            } catch (EngineException e) {
                LOG.error("service {} of container {} is not probed: {}", service, request.name(), e.getMessage());
            }
        }
        return awaited;
    }

    private HealthMonitor monitor(HealthPlan plan, Collection<Awaited> awaited, ContainerRun run, RunRecord record) {
        Optional<Duration> held = awaited.stream()
                .filter(Awaited.Healthy.class::isInstance)
                .map(healthy -> ((Awaited.Healthy) healthy).within())
                .max(Comparator.naturalOrder());
        Exec exec = new CrunExec(CrunExec.prefix(paths, request.id()));
        return new HealthMonitor(plan, run.startedAt(), run, exec, record, Pace.SYSTEM, held);
    }

    /** What the health monitor does not see. Goes on after the service's deadline: the next client waits for it anew. */
    private void await(String service, Awaited awaited, ContainerRun run, RunRecord record) {
        try {
            switch (awaited) {
                case Awaited.Nothing _, Awaited.Healthy _ -> {}
                case Awaited.Command command -> {
                    List<String> whole = new ArrayList<>(CrunExec.prefix(paths, request.id()));
                    whole.addAll(command.command());
                    await(service, new CommandProbe(whole), command.within(), Backoff.COMMAND, run, record);
                }
                case Awaited.LogLine line ->
                    await(
                            service,
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

    private void await(
            String service, Probe probe, Duration within, Backoff backoff, ContainerRun run, RunRecord record)
            throws InterruptedException {
        while (run.isAlive()) {
            switch (Wait.until(probe, within, backoff)) {
                case WaitOutcome.Ready _ -> {
                    record.ready(service);
                    return;
                }
                case WaitOutcome.TimedOut late ->
                    LOG.warn(
                            "service {} of container {} is not ready yet: {}: {}",
                            service,
                            request.name(),
                            probe,
                            late.last().detail());
                case WaitOutcome.Broken broken -> {
                    LOG.error(
                            "service {} of container {} will not be ready: {}: {}",
                            service,
                            request.name(),
                            probe,
                            broken.detail());
                    return;
                }
            }
        }
    }
}
