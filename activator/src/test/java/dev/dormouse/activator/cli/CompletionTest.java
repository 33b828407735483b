package dev.dormouse.activator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CompletionTest {
    private static final Path SCRIPTS = Path.of("src/main/completion");

    /** @param option how the shell's script writes a long option */
    @ParameterizedTest
    @CsvSource({"dormouse.bash, --%s", "_dormouse, --%s", "dormouse.fish, -l %s"})
    void everyCommandAndOptionIsCompleted(String script, String option) throws IOException {
        String text = Files.readString(SCRIPTS.resolve(script));

        DormouseCommand.commandLine(Host.system()).getSubcommands().forEach((name, command) -> {
            assertThat(text).containsPattern("\\b" + name + "\\b");
            longOptions(command)
                    .forEach(longOption -> assertThat(text)
                            .containsPattern(Pattern.quote(option.replace("%s", longOption.substring(2))) + "\\b"));
        });
    }

    @Test
    void bashCompletesCommandsAndOptions() throws Exception {
        assertThat(complete("dormouse pa")).containsExactly("pause");
        assertThat(complete("dormouse enable nginx --so"))
                .containsExactly("--socket-mode", "--socket-user", "--socket-group");
        assertThat(complete("dormouse enable nginx --ready t")).containsExactly("tcp");
        assertThat(complete("dormouse status --")).containsExactly("--json", "--watch", "--help");
    }

    private static Iterable<String> complete(String line) throws IOException, InterruptedException {
        Process bash = new ProcessBuilder(
                        "bash", "-c", """
                        . "$0"
                        read -ra COMP_WORDS <<<"$1"
                        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                        _dormouse
                        printf '%s\\n' "${COMPREPLY[@]}"
                        """, SCRIPTS.resolve("dormouse.bash").toString(), line)
                .redirectErrorStream(true)
                .start();
        String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(output).isZero();
        return output.lines().toList();
    }

    private static Iterable<String> longOptions(CommandLine command) {
        return command.getCommandSpec().options().stream()
                .map(option -> option.longestName())
                .filter(name -> name.startsWith("--"))
                .toList();
    }
}
