package dev.dormouse.daemon.spec;

import dev.dormouse.daemon.error.EngineException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Linux's signals by name and number (signal(7), the numbers of x86 and ARM). */
public final class Signals {
    public static final int SIGKILL = 9;
    public static final int SIGTERM = 15;

    /** By number, from 1. */
    private static final List<String> STANDARD = List.of(
            "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
            "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
            "WINCH", "IO", "PWR", "SYS");

    /** glibc keeps 32 and 33 to itself. */
    private static final int RTMIN = 34;

    private static final int RTMAX = 64;
    private static final Pattern REAL_TIME = Pattern.compile("RT(MIN|MAX)(?:([+-])(\\d{1,2}))?");

    private Signals() {}

    /**
     * The number of a signal given by number or by name, in any case, with or without {@code SIG}: {@code QUIT}, {@code SIGRTMIN+3},
     * {@code 9}.
     *
     * @throws EngineException.InvalidParameter if there is no such signal, with Docker's text
     */
    public static int number(String signal) {
        return find(signal)
                .orElseThrow(() -> new EngineException.InvalidParameter("invalid signal: " + signal
                        + " (allowed: a name such as SIGTERM or SIGRTMIN+3, or a number from 1 to 64)"));
    }

    /** {@code SIGTERM} for 15; for a real-time signal its number, which every program understands. */
    public static String text(int number) {
        return number <= STANDARD.size() ? "SIG" + STANDARD.get(number - 1) : String.valueOf(number);
    }

    /**
     * As the shell's {@code kill -s} takes it: a name without {@code SIG}, or a number.
     *
     * @throws EngineException.InvalidParameter if there is no such signal
     */
    public static String forShell(String signal) {
        return text(number(signal)).replaceFirst("^SIG", "");
    }

    private static Optional<Integer> find(String signal) {
        String upper = signal.toUpperCase(Locale.ROOT);
        if (upper.matches("\\d{1,2}")) {
            return Optional.of(Integer.valueOf(upper)).filter(number -> number >= 1 && number <= RTMAX);
        }
        String name = upper.startsWith("SIG") ? upper.substring(3) : upper;
        return switch (name) {
            case "IOT" -> Optional.of(6);
            case "CLD" -> Optional.of(17);
            case "POLL" -> Optional.of(29);
            default ->
                Optional.of(STANDARD.indexOf(name) + 1)
                        .filter(number -> number > 0)
                        .or(() -> realTime(name));
        };
    }

    private static Optional<Integer> realTime(String name) {
        Matcher form = REAL_TIME.matcher(name);
        if (!form.matches()) {
            return Optional.empty();
        }
        int base = form.group(1).equals("MIN") ? RTMIN : RTMAX;
        int offset = form.group(3) == null ? 0 : Integer.parseInt(form.group(3));
        int number = "-".equals(form.group(2)) ? base - offset : base + offset;
        return Optional.of(number).filter(found -> found >= RTMIN && found <= RTMAX);
    }
}
