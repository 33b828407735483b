package dev.dormouse.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private ConfigFile.Content read(String text) throws IOException {
        return ConfigFile.read(Files.writeString(folder.resolve("daemon.json"), text), true);
    }

    private List<String> problems(String text) throws IOException {
        return read(text).problems().stream()
                .map(problem -> problem.replace(folder.resolve("daemon.json") + ": ", ""))
                .toList();
    }

    /** With {@link ConfigKeysTest#everyKeyHasItsDefault} this finds a key that is in the table and not tested. */
    @Test
    void everyKeyIsRead() throws IOException {
        ConfigFile.Content content = read("""
                {
                  "hosts": ["unix:///a", "fd://", "fd://4"],
                  "group": "wheel",
                  "debug": true,
                  "labels": ["zone=attic", "zone=attic", "empty="],
                  "default-stop-timeout": -1,
                  "default-shm-size": "128M",
                  "no-autostart": true,
                  "live-restore": false,
                  "shutdown-timeout": -1,
                  "exit-idle-time": "5m"
                }
                """);
        assertThat(content.problems()).isEmpty();
        assertThat(content.settings())
                .isEqualTo(ConfigSettings.NONE
                        .with(
                                ConfigKeys.HOSTS,
                                List.of(
                                        new ListenAddress.Unix(Path.of("/a")),
                                        new ListenAddress.Inherited(OptionalInt.empty()),
                                        new ListenAddress.Inherited(OptionalInt.of(4))))
                        .with(ConfigKeys.GROUP, Optional.of("wheel"))
                        .with(ConfigKeys.DEBUG, true)
                        .with(ConfigKeys.LABELS, List.of("zone=attic", "empty="))
                        .with(ConfigKeys.DEFAULT_STOP_TIMEOUT, -1)
                        .with(ConfigKeys.DEFAULT_SHM_SIZE, 128L << 20)
                        .with(ConfigKeys.NO_AUTOSTART, true)
                        .with(ConfigKeys.LIVE_RESTORE, false)
                        .with(ConfigKeys.SHUTDOWN_TIMEOUT, -1)
                        .with(ConfigKeys.EXIT_IDLE_TIME, Duration.ofMinutes(5)));
        assertThat(ConfigKeys.ALL).allMatch(key -> content.settings().has(key));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"hosts\":\"unix:///a\"} | line 1: hosts: must be a list of strings",
                "{\"hosts\":[]} | line 1: hosts: must be a list of strings, at least one",
                "{\"hosts\":[\"unix://a\"]} | line 1: hosts: a socket's path must be absolute and at most 107 bytes long,"
                        + " not 'a'",
                "{\"hosts\":[\"fd://2\"]} | line 1: hosts: fd:// takes nothing, * or a number from 3, not '2'",
                "{\"hosts\":[\"/run/x\"]} | line 1: hosts: must be unix:///path or fd://, not '/run/x'",
                "{\"group\":\"\"} | line 1: group: must be a group's name",
                "{\"debug\":\"yes\"} | line 1: debug: must be true or false",
                "{\"labels\":[\"zone\"]} | line 1: labels: must be a list of strings of the form name=value",
                "{\"labels\":[\"a=1\",\"a=2\"]} | line 1: labels: label a has two values; keep one",
                "{\"default-stop-timeout\":-2} | line 1: default-stop-timeout: must be a whole number from -1 to 31536000:"
                        + " seconds, or -1 for ever",
                "{\"default-stop-timeout\":1.5} | line 1: default-stop-timeout: must be a whole number from -1 to 31536000:"
                        + " seconds, or -1 for ever",
                "{\"default-shm-size\":1} | line 1: default-shm-size: must be a size as \"64m\", or bytes as a number,"
                        + " from \"4k\" to \"16t\"",
                "{\"live-restore\":1} | line 1: live-restore: must be true or false",
                "{\"shutdown-timeout\":-2} | line 1: shutdown-timeout: must be a whole number from -1 to 31536000:"
                        + " seconds, or -1 for any time",
                "{\"exit-idle-time\":5} | line 1: exit-idle-time: must be a text as \"5m\"",
                "{\"debug\":true,\"debug\":true} | line 1: debug: is in line 1 already; keep one of them",
                "{\"debug\" true} | line 1: is no JSON from column 10 on",
                "[] | must be a JSON object",
                "{} {} | line 1: something follows the JSON object",
                "{\"dbug\":true} | line 1: dbug: unknown key; is debug meant?",
                "{\"default-stop-time\":1} | line 1: default-stop-time: unknown key; is default-stop-timeout meant?",
                "{\"data-root\":\"/x\"} | line 1: data-root: dockerd has this key, this engine does not: its data is in"
                        + " /var/lib/dormouse: mount another disk there",
                "{\"mtu\":9000} | line 1: mtu: dockerd has this key, this engine does not: remove it",
            })
    void whatIsWrongIsNamedWithLineAndKey(String text, String problem) throws IOException {
        assertThat(problems(text)).containsExactly(problem);
    }

    @Test
    void aKeyThatResemblesNoneIsToldWhatThereIs() throws IOException {
        assertThat(problems("{\"entirely\":1}"))
                .containsExactly("line 1: entirely: unknown key; there are "
                        + String.join(
                                ", ",
                                ConfigKeys.ALL.stream()
                                        .map(ConfigKey::name)
                                        .sorted()
                                        .toList()));
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnceAndNothingQuoted() throws IOException {
        assertThat(problems("{\n\"debug\": 1,\n\"group\": 2,\n\"labels\": [\"token=s3cret\", 1],\n hunter2 }"))
                .containsExactly(
                        "line 2: debug: must be true or false",
                        "line 3: group: must be a group's name",
                        "line 4: labels: must be a list of strings",
                        "line 5: is no JSON from column 2 on");
    }

    @Test
    void onlyAFileThatIsNamedMustBeThere() {
        Path none = folder.resolve("none.json");
        assertThat(ConfigFile.read(none, false).problems()).isEmpty();
        assertThat(ConfigFile.read(none, true).problems()).containsExactly(none + ": no such file");
    }

    @Test
    void whatIsNoTextAndWhatIsTooLongIsSaid() throws IOException {
        Path file = Files.write(folder.resolve("daemon.json"), new byte[] {(byte) 0xff, '{'});
        assertThat(ConfigFile.read(file, true).problems()).containsExactly(file + ": is not text in UTF-8");
        Files.write(file, new byte[(1 << 20) + 1]);
        assertThat(ConfigFile.read(file, true).problems()).containsExactly(file + ": is longer than 1 MiB");
    }

    @Test
    void anEmptyFileSaysNothing() throws IOException {
        assertThat(read(" \n").problems()).isEmpty();
    }
}
