package dev.dormouse.activator.cli;

import dev.dormouse.activator.config.ConfigException;
import dev.dormouse.activator.config.Names;
import dev.dormouse.units.service.Declaration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dormouse logs}. */
@Command(
        name = "logs",
        description = "Prints the journal of a service's units. What the container itself writes: docker logs.",
        sortOptions = false)
final class LogsCommand implements Callable<Integer> {
    private final Host host;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "The service.")
    private String name = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what is written from now on.")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "100",
            description = "Only the last N lines, 0 to 1000000 (default: 100).")
    private int lines;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    LogsCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        try {
            Names.checked(name);
        } catch (ConfigException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        if (lines < 0 || lines > 1_000_000) {
            throw new ParameterException(
                    spec.commandLine(), "--lines: " + lines + " is not a number from 0 to 1000000");
        }
        Declaration service = host.registered().declaration(name);
        return host.units()
                .printJournal(
                        List.of(
                                Names.socketUnit(name),
                                Names.proxyUnit(name),
                                Names.containerUnit(service.container())),
                        follow,
                        lines);
    }
}
