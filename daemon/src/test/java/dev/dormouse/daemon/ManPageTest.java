package dev.dormouse.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dormouse.daemon.config.ConfigKey;
import dev.dormouse.daemon.config.ConfigKeys;
import dev.dormouse.units.journal.DebugSwitch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    @Test
    void thePageListsTheKeysOfTheConfigurationAndNoOthers() throws IOException {
        Map<String, String> described = keys();
        assertThat(described.keySet())
                .containsExactlyElementsOf(
                        ConfigKeys.ALL.stream().map(ConfigKey::name).toList());
        for (ConfigKey<?> key : ConfigKeys.ALL) {
            assertThat(described.get(key.name()))
                    .as(key.name())
                    .contains("Default: ")
                    .contains(key.reloadable() ? "Reloadable" : "Needs a restart.");
            key.flag()
                    .ifPresent(flag -> assertThat(OPTIONS)
                            .anyMatch(option -> Arrays.asList(option.names()).contains(flag)));
        }
        assertThat(described.get("debug")).contains("Default: " + ConfigKeys.DEBUG.byDefault() + ".");
        assertThat(described.get("default-stop-timeout"))
                .contains("Default: " + ConfigKeys.DEFAULT_STOP_TIMEOUT.byDefault() + ".");
        assertThat(described.get("default-shm-size"))
                .contains("Default: " + (ConfigKeys.DEFAULT_SHM_SIZE.byDefault() >> 20) + "m.");
    }

    /** What the page says of each key, by its name, in the page's order. */
    private static Map<String, String> keys() throws IOException {
        String page = Files.readString(PAGE);
        String section = page.substring(page.indexOf(".Ss Configuration"), page.indexOf(".Ss Reload"));
        Map<String, String> keys = new LinkedHashMap<>();
        for (String entry : section.split("(?m)^\\.It Cm ", -1)) {
            int line = entry.indexOf('\n');
            keys.put(entry.substring(0, line), entry.substring(line));
        }
        keys.remove(".Ss Configuration");
        return keys;
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
