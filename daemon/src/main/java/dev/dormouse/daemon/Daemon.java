package dev.dormouse.daemon;

import dev.dormouse.daemon.api.DockerApi;
import dev.dormouse.daemon.api.EngineGate;
import dev.dormouse.daemon.api.EngineStatus;
import dev.dormouse.daemon.api.http.HttpServer;
import dev.dormouse.daemon.api.http.ListeningSocket;
import dev.dormouse.daemon.config.Configuration;
import dev.dormouse.daemon.config.DaemonConfig;
import dev.dormouse.daemon.config.Life;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.lifecycle.Detached;
import dev.dormouse.daemon.shutdown.IdleExit;
import dev.dormouse.daemon.shutdown.ShutdownException;
import dev.dormouse.daemon.shutdown.StopReason;
import dev.dormouse.units.notify.Notifier;
import dev.dormouse.units.signal.ProcessSignal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running process: sockets first, so that clients are answered from the first moment, then the engine in the background. It ends
 * when it is told to, or when nobody needs it.
 */
final class Daemon implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);
    /** As long as systemd waits for a service to start, by default: no client shall wait longer for the engine's own start. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final EngineStatus OPENING = new EngineStatus("starting", Path.of("/var/lib/dormouse"), false);

    private final HttpServer server;
    private final EngineGate gate;
    private final Notifier notifier;
    private final Configuration configuration;
    private final StatusLine line;
    private final Reload reload;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CountDownLatch restoring = new CountDownLatch(1);
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile Optional<Engine> engine = Optional.empty();
    private volatile boolean restored;
    private volatile int status = Dormoused.STOPPED;

    private Daemon(Configuration configuration, Notifier notifier) {
        this.configuration = configuration;
        this.notifier = notifier;
        this.line = new StatusLine(notifier);
        this.reload = new Reload(configuration, notifier, line);
        this.gate = new EngineGate(() -> engine.map(Engine::status).orElse(OPENING), PATIENCE);
        this.server = DockerApi.server(gate, reload, Clock.systemUTC());
    }

    /** Listens, and starts the engine behind it. */
    static Daemon start(Configuration configuration, Listeners listeners, Supplier<Engine> engine) {
        Daemon daemon = new Daemon(configuration, Notifier.fromEnvironment());
        try {
            daemon.listen(configuration.current(), listeners);
        } catch (IOException e) {
            daemon.abandon();
            throw new UncheckedIOException(e.getMessage(), e);
        } catch (RuntimeException e) {
            daemon.abandon();
            throw e;
        }
        // Before systemd may ask for a reload: until then the signal would end the JVM.
        ProcessSignal.on("HUP", daemon.reload::onSignal);
        daemon.notifier.ready();
        daemon.notifier.watchdog(daemon.server::isResponsive);
        Thread.ofPlatform()
                .name("restore")
                .start(() -> daemon.restore(engine, !configuration.current().noAutostart()));
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(daemon::stopAndHalt));
        Duration idle = daemon.life().exitIdleTime();
        if (idle.isPositive()) {
            new IdleExit(idle, daemon.activity(), daemon::exitIdle).start(daemon.stopping::get);
        }
        return daemon;
    }

    /** What counts now: a reload may change it. */
    private Life life() {
        return configuration.current().life();
    }

    /** It could not listen: nothing else has begun. */
    private void abandon() {
        server.close();
        notifier.close();
    }

    private void listen(DaemonConfig config, Listeners listeners) throws IOException {
        for (ListeningSocket socket : listeners.open(config)) {
            server.listen(socket);
            if (socket instanceof ListeningSocket.Unix own) {
                OwnSocket.share(own.path(), config.group());
            }
            LOG.info("API listens on {}", socket);
        }
    }

    private void restore(Supplier<Engine> factory, boolean autostart) {
        try {
            line.phase("restoring");
            Engine opened = factory.get();
            engine = Optional.of(opened);
            gate.open(opened.parts(), opened.restoration());
            opened.restore(line::phase);
            restored = true;
            LOG.info("engine ready");
            if (autostart) {
                opened.autostart();
            }
        } catch (RuntimeException e) {
            // The process stays: whoever asks it is told what is wrong, which a restart would not cure.
            LOG.error("the engine could not start", e);
            line.phase("failed: " + e.getMessage());
            gate.fail(e instanceof EngineException known ? known : new EngineException.Failed(String.valueOf(e), e));
        } finally {
            restoring.countDown();
        }
    }

    /** Blocks until {@link #close}. */
    void awaitStop() throws InterruptedException {
        stop.await();
    }

    /** On SIGTERM, SIGINT: halting is what sets the exit status; a JVM's own is 143 then (systemd would call that a failure). */
    private void stopAndHalt() {
        stop(
                life().liveRestore()
                        ? StopReason.TOLD
                        : engine.map(Engine::whyStopping).orElse(StopReason.SIGNAL));
        Runtime.getRuntime().halt(status);
    }

    private void exitIdle() {
        stop(StopReason.IDLE);
        Runtime.getRuntime().halt(status);
    }

    /** Ends everything and returns when that is done, whoever began it. */
    private void stop(StopReason reason) {
        if (stopping.getAndSet(true)) {
            awaitEnd();
            return;
        }
        try {
            new WayDown(server, gate, notifier, life()).go(reason, engine, this::awaitRestored);
        } catch (ShutdownException e) {
            LOG.error("{}", e.getMessage());
            status = Dormoused.STOPPED_BADLY;
        } finally {
            notifier.close();
            stop.countDown();
        }
    }

    private void awaitEnd() {
        try {
            stop.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Engine> awaitRestored() throws InterruptedException {
        boolean over = restoring.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return over && restored ? engine : Optional.empty();
    }

    private IdleExit.Activity activity() {
        return new IdleExit.Activity() {
            @Override
            public Optional<Duration> quiet() {
                return server.quiet();
            }

            @Override
            public Optional<String> need() {
                if (restoring.getCount() > 0) {
                    return Optional.of("it restores");
                }
                if (Detached.isAnyUnderWay()) {
                    return Optional.of("verbs are under way");
                }
                return engine.flatMap(running -> running.need(life()));
            }

            @Override
            public boolean pause() {
                return server.pauseIfQuiet();
            }
        };
    }

    @Override
    public void close() {
        stop(StopReason.SIGNAL);
    }
}
