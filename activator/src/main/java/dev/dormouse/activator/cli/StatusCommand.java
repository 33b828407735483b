package dev.dormouse.activator.cli;

import dev.dormouse.activator.config.ConfigException;
import dev.dormouse.activator.config.Names;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code dormouse status}. */
@Command(name = "status", description = "Says what sleeps and what is awake. Wakes nothing.", sortOptions = false)
final class StatusCommand implements Runnable {
    private final Host host;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Only this service.")
    private @Nullable String name;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(names = "--watch", description = "Draw it anew every second, until q is pressed.")
    private boolean watch;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    StatusCommand(Host host) {
        this.host = host;
    }

    @Override
    public void run() {
        Optional<String> only = only();
        Overview overview = new Overview(host.folders(), host.units(), host.activator());
        PrintWriter out = spec.commandLine().getOut();
        if (watch) {
            watch(() -> Table.lines(overview.rows(only), only.isPresent()), out);
            return;
        }
        List<ServiceRow> rows = overview.rows(only);
        if (json) {
            out.println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(rows));
        } else {
            Table.lines(rows, only.isPresent()).forEach(out::println);
        }
    }

    private void watch(Supplier<List<String>> lines, PrintWriter out) {
        if (json) {
            throw new ParameterException(spec.commandLine(), "--watch draws a table: --json cannot be given with it");
        }
        try (Terminal terminal = SttyTerminal.open(System.in, out)) {
            new StatusWatch(terminal, lines).run();
        }
    }

    private Optional<String> only() {
        try {
            return Optional.ofNullable(name).map(Names::checked);
        } catch (ConfigException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
