package dev.dormouse.daemon;

import dev.dormouse.daemon.api.EngineConfig;
import dev.dormouse.daemon.config.ConfigException;
import dev.dormouse.daemon.config.Configuration;
import dev.dormouse.daemon.config.DaemonConfig;
import dev.dormouse.daemon.config.Reloaded;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.units.notify.Notifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reloads one at a time, whoever asks for it, and tells systemd and the log what came of it: keys, never values. */
final class Reload implements EngineConfig {
    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

    private final Configuration configuration;
    private final Notifier notifier;
    private final StatusLine status;

    Reload(Configuration configuration, Notifier notifier, StatusLine status) {
        this.configuration = configuration;
        this.notifier = notifier;
        this.status = status;
    }

    @Override
    public DaemonConfig current() {
        return configuration.current();
    }

    @Override
    public synchronized Reloaded reload() {
        notifier.reloading();
        try {
            Reloaded done = configuration.reload();
            LOG.info("configuration reloaded changed={}", done.changed());
            if (done.needRestart().isEmpty()) {
                status.note("");
            } else {
                LOG.warn("needs a restart to take effect: {}", done.needRestart());
                status.note("needs a restart to take effect: " + String.join(", ", done.needRestart()));
            }
            return done;
        } catch (ConfigException e) {
            e.problems().forEach(problem -> LOG.error("configuration not reloaded: {}", problem));
            status.note("last reload failed: " + e.getMessage());
            throw e;
        } catch (EngineException e) {
            LOG.error("configuration not reloaded", e);
            status.note("last reload failed: " + e.getMessage());
            throw e;
        } finally {
            notifier.ready();
        }
    }

    /** For a signal, which takes no answer. */
    void onSignal() {
        try {
            Reloaded _ = reload();
        } catch (ConfigException | EngineException _) {
            // The log and systemd know.
        }
    }
}
