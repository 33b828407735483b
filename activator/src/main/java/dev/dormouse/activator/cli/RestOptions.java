package dev.dormouse.activator.cli;

import dev.dormouse.activator.config.CommandText;
import dev.dormouse.activator.config.RestRules;
import dev.dormouse.units.service.SleepRules;
import dev.dormouse.units.service.WarmWindow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Those options of {@code dormouse enable} that say what happens besides the idle time on the way to sleep. */
final class RestOptions {
    @Option(
            names = "--freeze-after",
            paramLabel = "TIME",
            description = "Its container is frozen after this time without a connection, 1ms or more and less than"
                    + " --idle; the next byte thaws it (default: never).")
    private @Nullable String freeze;

    @Option(
            names = "--idle-cpu",
            paramLabel = "PERCENT",
            description = "Using this much of a processor keeps it awake as a connection does, 1 to 10000.")
    private @Nullable String idleCpu;

    @Option(
            names = "--idle-veto",
            paramLabel = "COMMAND",
            description = "Asked in the container at last: it sleeps if this ends with 0 within 10 s.")
    private @Nullable String veto;

    @Option(
            names = "--keep-warm",
            paramLabel = "WHEN",
            description =
                    "It is woken and stays awake in this time, as 'Mon..Fri 08:00-18:00 Europe/Berlin'; repeatable.")
    private List<String> keepWarm = List.of();

    /**
     * What was asked for.
     *
     * @throws IllegalArgumentException naming the option and what is allowed
     * @throws CommandException likewise
     */
    RestRules rules(Duration idle) {
        Optional<Integer> percent =
                Optional.ofNullable(idleCpu).map(text -> OptionText.checked("--idle-cpu", text, SleepRules::idleCpu));
        return new RestRules(
                Optional.ofNullable(freeze).map(text -> RestRules.freeze("--freeze-after", text, "--idle", idle)),
                percent.map(OptionalInt::of).orElseGet(OptionalInt::empty),
                Optional.ofNullable(veto).map(text -> OptionText.checked("--idle-veto", text, CommandText::veto)),
                keepWarm.stream()
                        .map(text -> OptionText.checked("--keep-warm", text, WarmWindow::parse))
                        .toList());
    }
}
