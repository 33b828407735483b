package dev.dormouse.activator.cli;

import dev.dormouse.activator.config.ServiceConfig;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code dormouse pause}. */
@Command(
        name = "pause",
        description =
                "Holds services for maintenance: clients wait, and nothing is woken, until resume. Lasts across a reboot.",
        sortOptions = false)
final class PauseCommand implements Runnable {
    private final Host host;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Mixin
    private ServiceArguments arguments = new ServiceArguments();

    PauseCommand(Host host) {
        this.host = host;
    }

    @Override
    public void run() {
        List<ServiceConfig> services = arguments.services(spec.commandLine(), host.registered());
        host.requireRoot("pause");
        arguments
                .passed(host.registered())
                .forEach(service ->
                        spec.commandLine().getOut().println(host.passedUpkeep().pause(service)));
        Maintenance maintenance = host.maintenance();
        services.forEach(service -> spec.commandLine().getOut().println(maintenance.pause(service)));
    }
}
