package dev.dormouse.activator.cli;

import dev.dormouse.activator.config.ServiceConfig;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code dormouse wake}. */
@Command(
        name = "wake",
        description = "Starts services' containers and waits until they are ready. No client is needed.",
        sortOptions = false)
final class WakeCommand implements Runnable {
    private final Host host;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Mixin
    private ServiceArguments arguments = new ServiceArguments();

    WakeCommand(Host host) {
        this.host = host;
    }

    @Override
    public void run() {
        List<ServiceConfig> services = arguments.services(spec.commandLine(), host.registered());
        host.requireRoot("wake");
        arguments
                .passed(host.registered())
                .forEach(service ->
                        spec.commandLine().getOut().println(host.passedUpkeep().wake(service)));
        new Awakening(host.units(), host.activator(), host.pause())
                .wake(services, spec.commandLine().getOut()::println);
    }
}
