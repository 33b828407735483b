package dev.dormouse.activator.cli;

import dev.dormouse.activator.config.ConfigException;
import dev.dormouse.activator.config.Names;
import dev.dormouse.units.service.PassedService;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dormouse disable}. */
@Command(
        name = "disable",
        description = "Closes a service's sockets for good. Its container stays; if it is awake it is stopped.",
        sortOptions = false)
final class DisableCommand implements Runnable {
    private final Host host;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "The service.")
    private String name = "";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    DisableCommand(Host host) {
        this.host = host;
    }

    @Override
    public void run() {
        try {
            Names.checked(name);
        } catch (ConfigException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        host.requireRoot("disable");
        Registered registered = host.registered();
        Optional<PassedService> passed = registered.has(name) ? registered.passed(name) : Optional.empty();
        spec.commandLine()
                .getOut()
                .println(passed.map(host.passedServices()::disable)
                        .orElseGet(() -> host.services().disable(name)));
    }
}
