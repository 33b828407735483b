package dev.dormouse.daemon;

import dev.dormouse.daemon.api.EngineVersion;
import dev.dormouse.daemon.api.http.HttpServer;
import dev.dormouse.daemon.config.ConfigException;
import dev.dormouse.daemon.config.ConfigFile;
import dev.dormouse.daemon.config.ConfigSettings;
import dev.dormouse.daemon.config.DaemonConfig;
import dev.dormouse.daemon.config.ListenAddress;
import dev.dormouse.units.descriptor.DescriptorException;
import dev.dormouse.units.journal.JournalLog;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
        customSynopsis = "dormoused [-D] [-G GROUP] [-H ADDRESS]... [--config-file FILE] [--no-autostart] [--validate]",
        footer = {"", "Exit status: 0 stopped, 1 could not start, 2 wrong usage or configuration."},
        versionProvider = Dormoused.Version.class,
        sortOptions = false)
public final class Dormoused implements Callable<Integer> {
    static final int STOPPED = 0;
    static final int NOT_STARTED = 1;
    static final int USAGE = 2;

    private final Supplier<Engine> engine;

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

    private Dormoused(Supplier<Engine> engine) {
        this.engine = engine;
    }

    /** Runs until it is told to stop by SIGTERM or SIGINT; ends the JVM with the exit status. */
    public static void main(String[] arguments) {
        JournalLog.install();
        System.exit(commandLine(Engine::open).execute(arguments));
    }

    static CommandLine commandLine(Supplier<Engine> engine) {
        return new CommandLine(new Dormoused(engine)).setParameterExceptionHandler((failure, _) -> {
            PrintWriter err = failure.getCommandLine().getErr();
            err.println("dormoused: " + failure.getMessage());
            err.println("Try 'dormoused --help'.");
            return USAGE;
        });
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            DaemonConfig config = config();
            if (validate) {
                spec.commandLine().getOut().println("configuration OK");
                return STOPPED;
            }
            if (config.debug()) {
                // Before the first logger is made: slf4j-simple reads it once.
                System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "debug");
            }
            // At once, as slf4j warns of those that first ask for a logger at the same time.
            var _ = LoggerFactory.getILoggerFactory();
            // What takes longest of a start, beside what takes the rest.
            Thread.ofPlatform().daemon().name("preload").start(HttpServer::preload);
            try (Daemon daemon = Daemon.start(config, Listeners.ofProcess(), engine)) {
                daemon.awaitStop();
            }
            return STOPPED;
        } catch (ConfigException e) {
            return complain(e, USAGE);
        } catch (DescriptorException | UncheckedIOException e) {
            return complain(e, NOT_STARTED);
        }
    }

    private DaemonConfig config() {
        Path file = configFile == null ? DaemonConfig.FILE : configFile;
        List<ListenAddress> addresses = new ArrayList<>();
        hosts.forEach(host -> addresses.add(ListenAddress.parse("--host", host)));
        ConfigSettings flags = new ConfigSettings(
                addresses,
                Optional.ofNullable(group),
                debug ? Optional.of(true) : Optional.empty(),
                noAutostart ? Optional.of(true) : Optional.empty());
        return DaemonConfig.of(file, ConfigFile.read(file, configFile != null), flags);
    }

    private int complain(RuntimeException failure, int status) {
        spec.commandLine().getErr().println("dormoused: " + failure.getMessage());
        return status;
    }

    /** The version for {@code --version}. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"dormoused " + EngineVersion.VERSION};
        }
    }
}
