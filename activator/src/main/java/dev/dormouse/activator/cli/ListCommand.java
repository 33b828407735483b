package dev.dormouse.activator.cli;

import dev.dormouse.activator.config.ServiceConfig;
import dev.dormouse.units.service.ListenAddress;
import dev.dormouse.units.service.PassedService;
import dev.dormouse.waitport.DurationText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code dormouse list}. */
@Command(
        name = "list",
        description = "Shows how services are declared. What they are doing: status.",
        sortOptions = false)
final class ListCommand implements Runnable {
    private static final List<String> HEAD =
            List.of("NAME", "CONTAINER", "LISTEN", "PORT", "IDLE", "READY", "AFTER", "GROUP", "DECLARED BY");
    private static final String NOTHING = "-";

    private final Host host;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    ListCommand(Host host) {
        this.host = host;
    }

    @Override
    public void run() {
        Registered registered = host.registered();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonMapper.shared()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(registered.names().stream()
                            .map(name -> registered.declaration(name).fields())
                            .toList()));
            return;
        }
        List<List<String>> cells = new ArrayList<>(List.of(HEAD));
        registered
                .names()
                .forEach(name -> cells.add(
                        registered.passed(name).map(ListCommand::cells).orElseGet(() -> cells(registered.get(name)))));
        Table.aligned(cells).forEach(out::println);
    }

    private static List<String> cells(PassedService service) {
        return List.of(
                service.name(),
                service.container(),
                service.front().listen().stream().map(ListenAddress::text).collect(Collectors.joining(",")),
                "passed",
                NOTHING,
                NOTHING,
                NOTHING,
                NOTHING,
                service.origin().by().word());
    }

    private static List<String> cells(ServiceConfig service) {
        List<String> after = service.relations().after();
        return List.of(
                service.name(),
                service.container(),
                String.join(",", service.listen()),
                Integer.toString(service.port()),
                DurationText.format(service.idle()),
                service.ready().toString(),
                after.isEmpty() ? NOTHING : String.join(",", after),
                service.relations().group().orElse(NOTHING),
                service.relations().origin().by().word());
    }
}
