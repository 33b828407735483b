package dev.dormouse.activator.cli;

import dev.dormouse.activator.config.ConfigException;
import dev.dormouse.activator.config.Names;
import dev.dormouse.activator.config.ServiceConfig;
import dev.dormouse.units.service.PassedService;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** The services that a command is for. */
final class ServiceArguments {
    @Parameters(arity = "1..*", paramLabel = "NAME", description = "The services.")
    private List<String> names = List.of();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    /** Those of them, which were checked, whose containers are passed their sockets. */
    List<PassedService> passed(Registered registered) {
        return names.stream()
                .distinct()
                .flatMap(name -> registered.passed(name).stream())
                .toList();
    }

    /**
     * All others of them, once each.
     *
     * @throws ParameterException if a name is none
     * @throws CommandException if there is no such service
     */
    List<ServiceConfig> services(CommandLine line, Registered registered) {
        try {
            names.forEach(Names::checked);
        } catch (ConfigException e) {
            throw new ParameterException(line, e.getMessage(), e);
        }
        return names.stream()
                .distinct()
                .filter(name -> registered.passed(name).isEmpty())
                .map(registered::get)
                .toList();
    }
}
