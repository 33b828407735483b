package dev.dormouse.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.units.journal.DebugSwitch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class ManPageTest {
    private static final Path PAGE = Path.of("../docs/man/dormoused.8");
    private static final List<OptionSpec> OPTIONS = Dormoused.commandLine(Engine::open, new DebugSwitch())
            .getCommandSpec()
            .options();

    @Test
    void thePageListsTheOptionsOfTheCommandAndNoOthers() throws IOException {
        Set<String> described = new TreeSet<>();
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith(".It ")) {
                described.addAll(options(line));
            }
        }
        Set<String> accepted = new TreeSet<>();
        OPTIONS.forEach(option -> accepted.addAll(Arrays.asList(option.names())));

        assertThat(described).isEqualTo(accepted);
    }

    @Test
    void theHelpShowsEveryOption() {
        String help = Dormoused.commandLine(Engine::open, new DebugSwitch()).getUsageMessage(CommandLine.Help.Ansi.OFF);

        OPTIONS.forEach(option -> assertThat(help).contains(option.names()));
    }

    /** Options of an mdoc line: {@code Fl D , Fl Fl debug}. */
    private static Set<String> options(String line) {
        Set<String> options = new TreeSet<>();
        Matcher matcher = Pattern.compile("Fl (Fl )?([\\w-]+)").matcher(line);
        while (matcher.find()) {
            options.add((matcher.group(1) == null ? "-" : "--") + matcher.group(2));
        }
        return options;
    }
}
