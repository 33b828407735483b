package dev.dormouse.activator.cli;

import dev.dormouse.units.service.DeclarationException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code dormouse} command. See docs/man/dormouse.1. */
@Command(
        name = "dormouse",
        description = "Containers that sleep until someone connects.",
        footer = {
            "",
            "TIME is a whole number followed by ms, s, m or h; without one: seconds.",
            "Exit status: 0 done, 1 it failed, 2 wrong usage, 3 no such service."
        },
        sortOptions = false)
public final class DormouseCommand implements Runnable {
    private static final int FAILED = 1;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    private DormouseCommand() {}

    static CommandLine commandLine(Host host) {
        CommandLine line = new CommandLine(new DormouseCommand())
                .addSubcommand(new EnableCommand(host))
                .addSubcommand(new DisableCommand(host))
                .addSubcommand(new ListCommand(host))
                .addSubcommand(new StatusCommand(host))
                .addSubcommand(new WakeCommand(host))
                .addSubcommand(new SleepCommand(host))
                .addSubcommand(new PauseCommand(host))
                .addSubcommand(new ResumeCommand(host))
                .addSubcommand(new LogsCommand(host));
        line.setExecutionExceptionHandler((failure, failed, _) -> {
            if (failure instanceof CommandException || failure instanceof DeclarationException) {
                failed.getErr().println("dormouse: " + failure.getMessage());
                return failure instanceof CommandException known ? known.exitCode() : FAILED;
            }
            throw failure;
        });
        line.setParameterExceptionHandler((failure, _) -> {
            CommandLine failed = failure.getCommandLine();
            failed.getErr().println("dormouse: " + failure.getMessage());
            failed.getErr().println("Try: " + failed.getCommandSpec().qualifiedName() + " --help");
            return failed.getCommandSpec().exitCodeOnInvalidInput();
        });
        return line;
    }

    /** Runs the command and ends the process with its exit status. */
    public static void main(String... arguments) {
        System.exit(commandLine(Host.system()).execute(arguments));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "what to do? enable, disable, list, status, wake, sleep, pause, resume or logs");
    }
}
