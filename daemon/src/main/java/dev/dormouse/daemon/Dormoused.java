package dev.dormouse.daemon;

import dev.dormouse.daemon.api.EngineVersion;
import dev.dormouse.daemon.api.http.HttpServer;
import dev.dormouse.daemon.config.CommandLineSettings;
import dev.dormouse.daemon.config.ConfigException;
import dev.dormouse.daemon.config.ConfigSource;
import dev.dormouse.daemon.config.Configuration;
import dev.dormouse.daemon.config.DaemonConfig;
import dev.dormouse.units.descriptor.DescriptorException;
import dev.dormouse.units.journal.DebugSwitch;
import dev.dormouse.units.journal.JournalLog;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The {@code dormoused} command: the engine. See docs/man/dormoused.8. */
@Command(
        name = "dormoused",
        description = "Runs the Dormouse container engine.",
        customSynopsis =
                "dormoused [-D] [-G GROUP] [-H ADDRESS]... [--config-file FILE] [--exit-idle-time TIME]%n"
                        + "                 [--live-restore[=true|false]] [--no-autostart] [--shutdown-timeout SECONDS] [--validate]",
        footer = {
            "",
            "Exit status: 0 stopped, 1 could not start, 2 wrong usage or configuration, 3 stopped, but not all as it should;",
            "with --validate 1 if the configuration is wrong."
        },
        versionProvider = Dormoused.Version.class,
        sortOptions = false)
public final class Dormoused implements Callable<Integer> {
    static final int STOPPED = 0;
    static final int NOT_STARTED = 1;
    static final int NOT_VALID = 1;
    static final int USAGE = 2;
    static final int STOPPED_BADLY = 3;

    private final Supplier<Engine> engine;
    private final DebugSwitch debugSwitch;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(
            names = {"-H", "--host"},
            paramLabel = "ADDRESS",
            description = "Listen here: unix:///path, or fd:// for the sockets that systemd passed"
                    + " (default: unix:///run/dormouse/docker.sock). May be given several times.")
    private List<String> hosts = List.of();

    @Option(
            names = {"-G", "--group"},
            paramLabel = "GROUP",
            description = "Group of the sockets that are made (default: dormouse). Its members are as good as root.")
    private @Nullable String group;

    @Option(
            names = "--config-file",
            paramLabel = "FILE",
            description = "Read this configuration (default: /etc/dormouse/daemon.json, if it exists).")
    private @Nullable Path configFile;

    @Option(
            names = "--no-autostart",
            description = "Start no container by its restart policy when the engine comes up.")
    private boolean noAutostart;

    @Option(
            names = "--live-restore",
            paramLabel = "true|false",
            arity = "0..1",
            fallbackValue = "true",
            description = "Leave containers running when the engine is stopped (default: true).")
    private @Nullable Boolean liveRestore;

    @Option(
            names = "--shutdown-timeout",
            paramLabel = "SECONDS",
            description =
                    "Without --live-restore, stopping the containers may take so long at least, more if their own stop"
                            + " time-outs need it; -1: any time (default: 15).")
    private @Nullable Integer shutdownTimeout;

    @Option(
            names = "--exit-idle-time",
            paramLabel = "TIME",
            description =
                    "Exit when nobody was connected for this long, with -H fd:// only: 90s, 5m; 0: never (default)."
                            + " The configuration file's counts more.")
    private @Nullable String exitIdleTime;

    @Option(names = "--validate", description = "Check the configuration and exit.")
    private boolean validate;

    @Option(
            names = {"-D", "--debug"},
            description = "Log more.")
    private boolean debug;

    @Option(
            names = {"-v", "--version"},
            versionHelp = true,
            description = "Print the version.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean version;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    private Dormoused(Supplier<Engine> engine, DebugSwitch debugSwitch) {
        this.engine = engine;
        this.debugSwitch = debugSwitch;
    }

    /** Runs until it is told to stop by SIGTERM or SIGINT; ends the JVM with the exit status. */
    public static void main(String[] arguments) {
        System.exit(
                commandLine(Engine::open, JournalLog.installWithDebugSwitch()).execute(arguments));
    }

    static CommandLine commandLine(Supplier<Engine> engine, DebugSwitch debugSwitch) {
        return new CommandLine(new Dormoused(engine, debugSwitch)).setParameterExceptionHandler((failure, _) -> {
            PrintWriter err = failure.getCommandLine().getErr();
            err.println("dormoused: " + failure.getMessage());
            err.println("Try 'dormoused --help'.");
            return USAGE;
        });
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            Configuration configuration = Configuration.load(source());
            if (validate) {
                spec.commandLine().getOut().println("configuration OK");
                return STOPPED;
            }
            debugSwitch.turn(configuration.current().debug());
            configuration.onChange(changed -> debugSwitch.turn(changed.debug()));
            // At once, as slf4j warns of those that first ask for a logger at the same time.
            var _ = LoggerFactory.getILoggerFactory();
            // What takes longest of a start, beside what takes the rest.
            Thread.ofPlatform().daemon().name("preload").start(HttpServer::preload);
            try (Daemon daemon = Daemon.start(configuration, Listeners.ofProcess(), engine)) {
                daemon.awaitStop();
            }
            return STOPPED;
        } catch (ConfigException e) {
            e.problems().forEach(this::complain);
            return validate ? NOT_VALID : USAGE;
        } catch (DescriptorException | UncheckedIOException e) {
            complain(String.valueOf(e.getMessage()));
            return NOT_STARTED;
        }
    }

    private ConfigSource source() {
        Path file = configFile == null ? DaemonConfig.FILE : configFile;
        return new ConfigSource(
                file,
                configFile != null,
                CommandLineSettings.of(
                        hosts,
                        Optional.ofNullable(group),
                        debug,
                        noAutostart,
                        Optional.ofNullable(liveRestore),
                        Optional.ofNullable(shutdownTimeout),
                        Optional.ofNullable(exitIdleTime)));
    }

    private void complain(String problem) {
        spec.commandLine().getErr().println("dormoused: " + problem);
    }

    /** The version for {@code --version}. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"dormoused " + EngineVersion.VERSION};
        }
    }
}
