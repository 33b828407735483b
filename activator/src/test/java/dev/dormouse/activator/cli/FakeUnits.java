package dev.dormouse.activator.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A systemd that remembers what it was asked. */
final class FakeUnits implements Units {
    final List<String> calls = new ArrayList<>();
    final Map<String, String> states = new HashMap<>();
    final List<String> journal = new ArrayList<>();
    Optional<String> startFailure = Optional.empty();

    @Override
    public void reload() {
        calls.add("reload");
    }

    @Override
    public void enable(String unit) {
        calls.add("enable " + unit);
    }

    @Override
    public void disable(String unit) {
        calls.add("disable " + unit);
    }

    @Override
    public void start(String unit) {
        calls.add("start " + unit);
        Optional<String> failure = startFailure;
        startFailure = Optional.empty();
        failure.ifPresent(words -> {
            throw new CommandException(words);
        });
    }

    @Override
    public void stop(List<String> units) {
        units.forEach(unit -> calls.add("stop " + unit));
    }

    @Override
    public void resetFailed(List<String> units) {
        units.forEach(unit -> calls.add("reset-failed " + unit));
    }

    @Override
    public Map<String, String> states(List<String> units) {
        Map<String, String> found = new HashMap<>();
        units.forEach(unit -> found.put(unit, states.getOrDefault(unit, "inactive")));
        return found;
    }

    @Override
    public List<String> journal(String unit, Instant since) {
        return List.copyOf(journal);
    }

    @Override
    public int printJournal(List<String> units, boolean follow, int lines) {
        calls.add("journal " + units + " " + follow + " " + lines);
        return 0;
    }
}
