package dev.dormouse.units.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a service does besides its idle time on the way to sleep; who makes this has checked it.
 *
 * @param freeze its container is frozen after this time without a connection, which is shorter than the idle time; as {@code 30s}
 * @param idleCpu using more of a processor than this percentage, 1 to {@link #MOST_CPU}, keeps it awake
 * @param veto asked at last, in the container, whether it may sleep
 * @param keepWarm when it is awake whether anybody is connected or not
 */
public record SleepRules(
        Optional<String> freeze, OptionalInt idleCpu, Optional<VetoCommand> veto, List<WarmWindow> keepWarm) {
    /** None of them. */
    public static final SleepRules NONE =
            new SleepRules(Optional.empty(), OptionalInt.empty(), Optional.empty(), List.of());

    /** A hundred processors. */
    public static final int MOST_CPU = 10_000;

    public SleepRules {
        keepWarm = List.copyOf(keepWarm);
    }

    /**
     * The percentage itself.
     *
     * @throws DeclarationException with what is allowed
     */
    public static int idleCpu(String text) {
        int percent = text.matches("[0-9]{1,5}%?") ? Integer.parseInt(text.replace("%", "")) : 0;
        if (percent < 1 || percent > MOST_CPU) {
            throw new DeclarationException(
                    "'" + text + "' is not a percentage of one processor, a whole number from 1 to " + MOST_CPU);
        }
        return percent;
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        freeze.ifPresent(time -> fields.put("freeze", time));
        idleCpu.ifPresent(percent -> fields.put("idleCpu", percent));
        veto.ifPresent(command -> fields.put("idleVeto", command.text()));
        if (!keepWarm.isEmpty()) {
            fields.put("keepWarm", keepWarm.stream().map(WarmWindow::toString).toList());
        }
        return fields;
    }
}
