package dev.dormouse.activator;

import dev.dormouse.activator.config.ConfigException;
import dev.dormouse.activator.rehearsal.Rehearsal;
import dev.dormouse.activator.succession.SuccessionException;
import dev.dormouse.units.descriptor.DescriptorException;
import dev.dormouse.units.journal.JournalLog;
import java.io.IOException;

/** The activator: {@code dormouse-activator.service}. */
public final class ActivatorMain {
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private ActivatorMain() {}

    /** Serves until nothing is awake any more, or until SIGTERM. */
    public static void main(String... arguments) {
        JournalLog.install();
        try {
            Options options = Options.parse(arguments);
            if (options.help()) {
                System.out.print(Options.HELP);
                return;
            }
            if (options.rehearse()) {
                Rehearsal.run();
                System.exit(0);
            }
            Wiring.serve(options.settings());
        } catch (IOException e) {
            System.err.println("dormouse-activator: " + e.getMessage());
            System.exit(FAILED);
        } catch (SuccessionException e) {
            System.err.println(
                    "dormouse-activator: what the last process left cannot be taken over: " + e.getMessage());
            System.exit(FAILED);
        } catch (ConfigException | DescriptorException e) {
            System.err.println("dormouse-activator: " + e.getMessage());
            System.exit(USAGE);
        }
    }
}
