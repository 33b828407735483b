package dev.dormouse.activator.config;

import dev.dormouse.units.service.SleepRules;
import dev.dormouse.units.service.VetoCommand;
import dev.dormouse.units.service.WarmWindow;
import dev.dormouse.waitport.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a service does besides its idle time on the way to sleep.
 *
 * @param freeze its container is frozen after this time without a connection; 1 ms or more, shorter than the idle time
 * @param idleCpu using at least this percentage of one processor keeps it awake; 1 to 10,000
 * @param veto asked at last, in the container
 * @param keepWarm when it is awake whether anybody is connected or not
 */
public record RestRules(
        Optional<Duration> freeze, OptionalInt idleCpu, Optional<VetoCommand> veto, List<WarmWindow> keepWarm) {
    /** None. */
    public static final RestRules NONE =
            new RestRules(Optional.empty(), OptionalInt.empty(), Optional.empty(), List.of());

    public RestRules {
        keepWarm = List.copyOf(keepWarm);
    }

    static RestRules read(JsonFields fields, Duration idle) {
        return new RestRules(
                fields.optionalText("freeze").map(text -> freeze("freeze", text, "idle", idle)),
                fields.optionalNumber("idleCpu", 1, SleepRules.MOST_CPU)
                        .map(number -> OptionalInt.of(number.intValue()))
                        .orElseGet(OptionalInt::empty),
                fields.optionalText("idleVeto").map(text -> fields.checked("idleVeto", text, CommandText::veto)),
                fields.optionalTexts("keepWarm").stream()
                        .map(text -> fields.checked("keepWarm", text, WarmWindow::parse))
                        .toList());
    }

    /**
     * A time to freeze after; the options are named in the error.
     *
     * @throws IllegalArgumentException if it is none, or not shorter than the idle time
     */
    public static Duration freeze(String option, String text, String idleOption, Duration idle) {
        Duration freeze = ServiceConfig.idle(option, text);
        if (freeze.compareTo(idle) >= 0) {
            throw new IllegalArgumentException(option + ": '" + text + "' must be shorter than " + idleOption + ", "
                    + DurationText.format(idle) + ", after which the container is stopped");
        }
        return freeze;
    }

    /** Whether it is to be kept warm at a moment. */
    public boolean isWarm(Instant moment, ZoneId local) {
        return keepWarm.stream().anyMatch(window -> window.contains(moment, local));
    }

    /** For people, each rule that there is. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        freeze.ifPresent(time -> words.add("frozen after " + DurationText.format(time)));
        idleCpu.ifPresent(percent -> words.add("awake while it uses " + percent + "% of a processor"));
        veto.ifPresent(command -> words.add("asks " + command.text()));
        keepWarm.forEach(window -> words.add("kept warm " + window));
        return List.copyOf(words);
    }

    SleepRules declaration() {
        return new SleepRules(freeze.map(DurationText::format), idleCpu, veto, keepWarm);
    }
}
