package dev.dormouse.activator.cli;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The terminal of this process, set by stty(1). It is put back also when the process is ended by a signal. */
final class SttyTerminal implements Terminal {
    private static final int USUAL_COLUMNS = 80;
    /** A read without a key takes a second; one that ends sooner has no terminal any more. */
    private static final Duration LEAST = Duration.ofMillis(500);

    private final InputStream keys;
    private final PrintWriter out;
    private final String before;
    private final Thread restore = new Thread(this::restore);

    private SttyTerminal(InputStream keys, PrintWriter out, String before) {
        this.keys = keys;
        this.out = out;
        this.before = before;
    }

    /**
     * Opens it.
     *
     * @throws CommandException if standard input and output are not a terminal
     */
    static SttyTerminal open(InputStream keys, PrintWriter out) {
        // Whether there is a console without a terminal depends on the JDK.
        if (!Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false)) {
            throw new CommandException(
                    "--watch draws in a terminal, and this is none; leave it out, or ask with --json");
        }
        SttyTerminal terminal = new SttyTerminal(keys, out, stty("-g"));
        Runtime.getRuntime().addShutdownHook(terminal.restore);
        // A key at once, or nothing after ten tenths of a second (termios(3)).
        stty("-icanon", "-echo", "min", "0", "time", "10");
        return terminal;
    }

    @Override
    public int columns() {
        String[] size = stty("size").split(" ", -1);
        int columns = size.length == 2 && size[1].matches("[0-9]{1,5}") ? Integer.parseInt(size[1]) : 0;
        return columns > 0 ? columns : USUAL_COLUMNS;
    }

    @Override
    public void write(String text) {
        out.print(text);
        out.flush();
    }

    @Override
    public boolean isLeft() {
        try {
            long begun = System.nanoTime();
            int key = keys.read();
            return key == 'q' || (key < 0 && System.nanoTime() - begun < LEAST.toNanos());
        } catch (IOException _) {
            return true; // the terminal has gone
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(restore);
        restore();
    }

    private void restore() {
        stty(before);
    }

    private static String stty(String... arguments) {
        List<String> command = new ArrayList<>(List.of("stty"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new CommandException(String.join(" ", command) + ": " + said);
            }
            return said;
        } catch (IOException e) {
            throw new CommandException("cannot run stty, which --watch needs: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted while setting the terminal", e);
        }
    }
}
