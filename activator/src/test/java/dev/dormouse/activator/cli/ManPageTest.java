package dev.dormouse.activator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class ManPageTest {
    private static final Path PAGE = Path.of("../docs/man/dormouse.1");
    private static final CommandLine COMMAND = DormouseCommand.commandLine(Host.system());
    private static final List<OptionSpec> OPTIONS = Stream.concat(
                    Stream.of(COMMAND), COMMAND.getSubcommands().values().stream())
            .flatMap(command -> command.getCommandSpec().options().stream())
            .toList();

    @Test
    void thePageListsTheOptionsOfTheCommandsAndNoOthers() throws IOException {
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
    void thePageHasASectionForEveryCommand() throws IOException {
        String page = Files.readString(PAGE);

        COMMAND.getSubcommands().keySet().forEach(name -> assertThat(page).contains(".Ss dormouse " + name + "\n"));
    }

    @Test
    void thePageTellsEveryDefault() throws IOException {
        String page = Files.readString(PAGE);

        for (OptionSpec option : OPTIONS) {
            if (option.defaultValue() != null) {
                assertThat(page).contains("The default is " + option.defaultValue() + ".");
            }
        }
    }

    /** Options of an mdoc line: {@code Fl q , Fl Fl quiet}. */
    private static Set<String> options(String line) {
        Set<String> options = new TreeSet<>();
        Matcher matcher = Pattern.compile("Fl (Fl )?([\\w-]+)").matcher(line);
        while (matcher.find()) {
            options.add((matcher.group(1) == null ? "-" : "--") + matcher.group(2));
        }
        return options;
    }
}
