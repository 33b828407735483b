package dev.dormouse.activator.wake;

import dev.dormouse.activator.config.ConfigException;
import dev.dormouse.activator.config.ContainerFacts;
import dev.dormouse.activator.config.Readiness;
import dev.dormouse.activator.config.ServiceConfig;
import dev.dormouse.waitport.Cause;
import dev.dormouse.waitport.HttpProbe;
import dev.dormouse.waitport.Probe;
import dev.dormouse.waitport.ProbeResult;
import dev.dormouse.waitport.TcpProbe;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Ready when the container has started and its service is ready; of no more use once its start has failed. */
final class ContainerProbe implements Probe {
    private final Turn turn;
    private final Path started;
    private final Supplier<Optional<String>> failure;
    private final Probe service;

    /** Blocks, for a time at most, as long as the start waits for its turn. */
    interface Turn {
        void await(Duration time) throws InterruptedException;
    }

    ContainerProbe(Turn turn, Path started, Supplier<Optional<String>> failure, Probe service) {
        this.turn = turn;
        this.started = started;
        this.failure = failure;
        this.service = service;
    }

    /** The probe that the service's configuration asks for. */
    static Probe ofService(ServiceConfig config, ContainerFacts facts, InetAddress address) {
        return switch (config.ready()) {
            case Readiness.Auto _ when facts.healthcheck() -> ReadyFile.ofHealth(facts.runtimeFolder());
            case Readiness.Health _ when facts.healthcheck() -> ReadyFile.ofHealth(facts.runtimeFolder());
            case Readiness.Health _ ->
                throw new ConfigException("it has no health check, which its service waits for: enable it again with"
                        + " another --ready, or create it with --health-cmd");
            case Readiness.Command _ ->
                ReadyFile.ofService(facts.runtimeFolder(), config.name(), "the command of its --ready to succeed");
            case Readiness.LogLine line ->
                ReadyFile.ofService(
                        facts.runtimeFolder(), config.name(), "a line of its log that matches " + line.expression());
            case Readiness.Auto _, Readiness.Listening _ ->
                new StartedListening(
                        facts.startedFile(), config.port(), address, config.takesStreams(), config.takesDatagrams());
            case Readiness.Tcp _ -> new TcpProbe(address.getHostAddress(), config.port());
            case Readiness.Http http ->
                new HttpProbe(address.getHostAddress(), config.port(), http.path(), http.statuses());
        };
    }

    @Override
    public ProbeResult attempt(Duration timeout) throws InterruptedException {
        turn.await(timeout);
        Optional<String> failed = failure.get();
        if (failed.isPresent()) {
            return new ProbeResult.Broken(failed.get());
        }
        if (!Files.exists(started)) {
            return new ProbeResult.NotYet(Cause.NOT_LISTENING, "the container has not started");
        }
        return service.attempt(timeout);
    }

    @Override
    public String toString() {
        return service.toString();
    }
}
