package dev.dormouse.daemon.runtime;

import dev.dormouse.daemon.error.EngineException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Signals as clients and images write them. */
final class Signals {
    private static final int LARGEST = 64;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,2}");
    private static final Pattern REAL_TIME = Pattern.compile("RTM(IN(\\+([0-9]|1[0-5]))?|AX(-([0-9]|1[0-4]))?)");
    // signal(7), "Standard signals"
    private static final Set<String> NAMES = Set.of(
            "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
            "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
            "WINCH", "IO", "PWR", "SYS");

    private Signals() {}

    /**
     * The form that the shell's {@code kill -s} takes: a name without {@code SIG}, or a number.
     *
     * @throws EngineException.InvalidParameter if there is no such signal
     */
    static String forShell(String signal) {
        String name = signal.toUpperCase(Locale.ROOT);
        name = name.startsWith("SIG") ? name.substring(3) : name;
        if (NUMBER.matcher(name).matches()) {
            int number = Integer.parseInt(name);
            if (number >= 1 && number <= LARGEST) {
                return Integer.toString(number);
            }
        } else if (NAMES.contains(name) || REAL_TIME.matcher(name).matches()) {
            return name;
        }
        throw new EngineException.InvalidParameter(
                "Invalid signal: " + signal + "; allowed are signal names such as SIGTERM and numbers from 1 to 64");
    }
}
