package dev.dormouse.daemon;

import dev.dormouse.daemon.api.EngineGate;
import dev.dormouse.daemon.api.http.HttpServer;
import dev.dormouse.daemon.config.Life;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.lifecycle.Detached;
import dev.dormouse.daemon.shutdown.OrderedShutdown;
import dev.dormouse.daemon.shutdown.ShutdownPhase;
import dev.dormouse.daemon.shutdown.StopContainers;
import dev.dormouse.daemon.shutdown.StopReason;
import dev.dormouse.daemon.shutdown.TimeExtension;
import dev.dormouse.units.notify.Notifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running process's way down: which phases there are and their order (docs/adr/0008-shutdown.md). To be gone once. */
final class WayDown {
    private static final Logger LOG = LoggerFactory.getLogger(WayDown.class);
    /** For the answers that are under way. */
    private static final Duration REQUESTS = Duration.ofSeconds(10);
    /** For those who follow a container to its end to hear of it, and for streams to end. */
    private static final Duration STREAMS = Duration.ofSeconds(1);
    /** For everything but stopping containers. */
    private static final Duration REST = Duration.ofSeconds(90);

    private static final Duration ASK_EVERY = Duration.ofSeconds(10);

    private final HttpServer server;
    private final EngineGate gate;
    private final Notifier notifier;
    private final Life life;
    private boolean stopped;

    WayDown(HttpServer server, EngineGate gate, Notifier notifier, Life life) {
        this.server = server;
        this.gate = gate;
        this.notifier = notifier;
        this.life = life;
    }

    /** The engine, once it has restored; empty: it could not. */
    @FunctionalInterface
    interface Restored {
        Optional<Engine> await() throws InterruptedException;
    }

    /**
     * Ends everything.
     *
     * @param engine what was opened of it
     * @throws dev.dormouse.daemon.shutdown.ShutdownException if some of it failed; all was tried
     */
    void go(StopReason reason, Optional<Engine> engine, Restored restored) {
        notifier.stopping();
        LOG.info("the engine ends: {}", reason.words());
        try (TimeExtension time = TimeExtension.begin(notifier, ASK_EVERY, REST)) {
            List<ShutdownPhase> phases = new ArrayList<>();
            phases.add(ShutdownPhase.of("listeners", this::stopListening));
            phases.add(new ShutdownPhase("requests", this::endRequests));
            phases.add(new ShutdownPhase("containers", () -> containers(reason, restored, time)));
            phases.add(new ShutdownPhase("followers", this::endFollowers));
            engine.ifPresent(opened -> phases.addAll(opened.closing()));
            OrderedShutdown.run(phases);
        }
    }

    private void stopListening() {
        gate.stop();
        server.stopListening();
    }

    private String endRequests() throws InterruptedException {
        long begin = System.nanoTime();
        boolean answered = server.awaitAnswers(REQUESTS, false);
        Duration left = REQUESTS.minusNanos(System.nanoTime() - begin);
        boolean done = Detached.awaitNone(left.isNegative() ? Duration.ZERO : left);
        return answered && done ? "all ended" : "some have not ended in " + REQUESTS.toSeconds() + " s";
    }

    private String containers(StopReason reason, Restored restored, TimeExtension time) throws InterruptedException {
        if (!reason.endsContainers()) {
            return "left running";
        }
        if (life.liveRestore()) {
            return "left running by live-restore";
        }
        Engine engine = restored.await()
                .orElseThrow(() -> new EngineException.Failed(
                        "containers are left running: the engine has not restored them and knows none"));
        stopped = true;
        return new StopContainers(engine.running(), life.shutdownTimeoutSeconds(), needed -> time.allow(needed, REST))
                .run();
    }

    private String endFollowers() throws InterruptedException {
        if (stopped) {
            server.awaitAnswers(STREAMS, true);
            // Those of containers with --rm are removed.
            Detached.awaitNone(REQUESTS);
        }
        boolean gone = server.endConnections(STREAMS);
        server.close();
        return gone ? "all ended" : "some were cut off";
    }
}
