package dev.dormouse.daemon;

import dev.dormouse.daemon.api.DockerApi;
import dev.dormouse.daemon.api.EngineGate;
import dev.dormouse.daemon.api.EngineStatus;
import dev.dormouse.daemon.api.http.HttpServer;
import dev.dormouse.daemon.api.http.ListeningSocket;
import dev.dormouse.daemon.config.DaemonConfig;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.units.notify.Notifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running process: sockets first, so that clients are answered from the first moment, then the engine in the background. It ends
 * when it is told to; containers go on running.
 */
final class Daemon implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);
    /** As long as systemd waits for a service to start, by default: no client shall wait longer for the engine's own start. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** For the answers that are under way when the engine is told to stop. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final EngineStatus OPENING = new EngineStatus("starting", Path.of("/var/lib/dormouse"), false);

    private final HttpServer server;
    private final EngineGate gate;
    private final Notifier notifier;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile Optional<Engine> engine = Optional.empty();

    private Daemon(Notifier notifier) {
        this.notifier = notifier;
        this.gate = new EngineGate(() -> engine.map(Engine::status).orElse(OPENING), PATIENCE);
        this.server = DockerApi.server(gate, Clock.systemUTC());
    }

    /** Listens, and starts the engine behind it. */
    static Daemon start(DaemonConfig config, Listeners listeners, Supplier<Engine> engine) {
        Daemon daemon = new Daemon(Notifier.fromEnvironment());
        try {
            daemon.listen(config, listeners);
        } catch (IOException e) {
            daemon.close();
            throw new UncheckedIOException(e.getMessage(), e);
        } catch (RuntimeException e) {
            daemon.close();
            throw e;
        }
        daemon.notifier.ready();
        daemon.notifier.watchdog(daemon.server::isResponsive);
        Thread.ofPlatform().name("restore").start(() -> daemon.restore(engine, !config.noAutostart()));
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(daemon::stopAndHalt));
        return daemon;
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
            notifier.status("restoring");
            Engine opened = factory.get();
            engine = Optional.of(opened);
            gate.open(opened.restore());
            notifier.status("running");
            LOG.info("engine ready");
            if (autostart) {
                opened.autostart();
            }
        } catch (RuntimeException e) {
            // The process stays: whoever asks it is told what is wrong, which a restart would not cure.
            LOG.error("the engine could not start", e);
            notifier.status("failed: " + e.getMessage());
            gate.fail(e instanceof EngineException known ? known : new EngineException.Failed(String.valueOf(e), e));
        }
    }

    /** Blocks until {@link #close}. */
    void awaitStop() throws InterruptedException {
        stop.await();
    }

    /** On SIGTERM, SIGINT: halting is what makes the exit status 0; a JVM's own is 143 then (systemd would call that a failure). */
    private void stopAndHalt() {
        close();
        Runtime.getRuntime().halt(Dormoused.STOPPED);
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        notifier.stopping();
        try {
            server.drain(GRACE);
        } catch (InterruptedException e) {
            LOG.warn("interrupted while the last requests ended", e);
        }
        server.close();
        engine.ifPresent(Engine::close);
        notifier.close();
        stop.countDown();
    }
}
