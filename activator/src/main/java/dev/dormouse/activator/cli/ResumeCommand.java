package dev.dormouse.activator.cli;

import dev.dormouse.activator.config.ServiceConfig;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code dormouse resume}. */
@Command(name = "resume", description = "Ends a pause: who waits is served.", sortOptions = false)
final class ResumeCommand implements Runnable {
    private final Host host;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Mixin
    private ServiceArguments arguments = new ServiceArguments();

    ResumeCommand(Host host) {
        this.host = host;
    }

    @Override
    public void run() {
        List<ServiceConfig> services = arguments.services(spec.commandLine(), host.registered());
        host.requireRoot("resume");
        arguments
                .passed(host.registered())
                .forEach(service ->
                        spec.commandLine().getOut().println(host.passedUpkeep().resume(service)));
        Maintenance maintenance = host.maintenance();
        services.forEach(service -> spec.commandLine().getOut().println(maintenance.resume(service)));
    }
}
