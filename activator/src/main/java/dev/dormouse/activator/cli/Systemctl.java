package dev.dormouse.activator.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks systemd with systemctl: for a handful of calls it is done before a JVM has connected to the bus. */
final class Systemctl implements Units {
    private record Result(int exit, String output, String error) {}

    @Override
    public void reload() {
        require("daemon-reload");
    }

    @Override
    public void enable(String unit) {
        require("--quiet", "enable", unit);
    }

    @Override
    public void disable(String unit) {
        require("--quiet", "disable", unit);
    }

    @Override
    public void start(String unit) {
        require("start", unit);
    }

    @Override
    public void stop(List<String> units) {
        require(words("--quiet stop", units));
    }

    @Override
    public void resetFailed(List<String> units) {
        // Its only failure is that a unit is not loaded, which is what it is for.
        run(words("--quiet reset-failed", units));
    }

    @Override
    public Map<String, String> states(List<String> units) {
        Result result = run(words("show --property=Id,ActiveState", units));
        Map<String, String> states = new HashMap<>();
        for (String block : result.output().split("\n\n", -1)) {
            Map<String, String> fields = new HashMap<>();
            block.lines()
                    .map(line -> line.split("=", 2))
                    .filter(pair -> pair.length == 2)
                    .forEach(pair -> fields.put(pair[0], pair[1]));
            states.put(fields.getOrDefault("Id", ""), fields.getOrDefault("ActiveState", "inactive"));
        }
        return states;
    }

    @Override
    public List<String> journal(String unit, Instant since) {
        Result result = execute(List.of(
                "journalctl",
                "--quiet",
                "--output=cat",
                "--lines=5",
                "--since=@" + since.getEpochSecond(),
                "--unit=" + unit,
                "_PID=1"));
        return result.output().lines().toList();
    }

    @Override
    public int printJournal(List<String> units, boolean follow, int lines) {
        List<String> command = new ArrayList<>(List.of("journalctl", "--quiet", "--no-pager", "--lines=" + lines));
        units.forEach(unit -> command.add("--unit=" + unit));
        if (follow) {
            command.add("--follow");
        }
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new CommandException("cannot run journalctl: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted while running journalctl", e);
        }
    }

    private static String[] words(String command, List<String> units) {
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.addAll(units);
        return words.toArray(String[]::new);
    }

    private static void require(String... arguments) {
        Result result = run(arguments);
        if (result.exit() != 0) {
            throw new CommandException("systemctl " + String.join(" ", arguments) + ": "
                    + result.error().strip());
        }
    }

    private static Result run(String... arguments) {
        List<String> command = new ArrayList<>(List.of("systemctl"));
        command.addAll(List.of(arguments));
        return execute(command);
    }

    private static Result execute(List<String> command) {
        try {
            Process process = new ProcessBuilder(command).start();
            process.getOutputStream().close();
            StringBuilder error = new StringBuilder();
            Thread reader = Thread.ofVirtual().start(() -> read(process, error));
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = process.waitFor();
            reader.join();
            return new Result(exit, output, error.toString());
        } catch (IOException e) {
            throw new CommandException("cannot run " + command.getFirst() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted while running " + command.getFirst(), e);
        }
    }

    private static void read(Process process, StringBuilder into) {
        try {
            into.append(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            into.append("its error output cannot be read: ").append(e.getMessage());
        }
    }
}
