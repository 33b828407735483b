package dev.dormouse.activator.cli;

import dev.dormouse.activator.config.ServiceConfig;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code dormouse sleep}. */
@Command(
        name = "sleep",
        description =
                "Puts services to sleep now: lets their connections end, stops their containers. The sockets listen on.",
        sortOptions = false)
final class SleepCommand implements Runnable {
    private final Host host;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Mixin
    private ServiceArguments arguments = new ServiceArguments();

    SleepCommand(Host host) {
        this.host = host;
    }

    @Override
    public void run() {
        List<ServiceConfig> services = arguments.services(spec.commandLine(), host.registered());
        host.requireRoot("sleep");
        arguments
                .passed(host.registered())
                .forEach(service ->
                        spec.commandLine().getOut().println(host.passedUpkeep().sleep(service)));
        if (services.isEmpty()) {
            return;
        }
        new Bedtime(host.units(), host.registered())
                .sleep(services, spec.commandLine().getOut()::println);
    }
}
