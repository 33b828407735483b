package dev.dormouse.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private ConfigSettings read(String text) throws IOException {
        return ConfigFile.read(Files.writeString(folder.resolve("daemon.json"), text), true);
    }

    @Test
    void everyKeyIsRead() throws IOException {
        assertThat(
                        read(
                                "{\"hosts\":[\"unix:///a\",\"fd://\",\"fd://4\"],\"group\":\"wheel\",\"debug\":true,\"no-autostart\":true}"))
                .isEqualTo(new ConfigSettings(
                        List.of(
                                new ListenAddress.Unix(Path.of("/a")),
                                new ListenAddress.Inherited(OptionalInt.empty()),
                                new ListenAddress.Inherited(OptionalInt.of(4))),
                        Optional.of("wheel"),
                        Optional.of(true),
                        Optional.of(true)));
    }

    @Test
    void nothingSetMeansTheDefaults() throws IOException {
        for (String text : List.of("", "{}")) {
            DaemonConfig config = DaemonConfig.of(DaemonConfig.FILE, read(text), ConfigSettings.NONE);
            assertThat(config)
                    .isEqualTo(new DaemonConfig(
                            List.of(new ListenAddress.Unix(Path.of("/run/dormouse/docker.sock"))),
                            Optional.empty(),
                            false,
                            false));
        }
    }

    @Test
    void whatIsWrongIsNamedWithFileAndKey() {
        String[][] wrong = {
            {
                "{\"storage-driver\":\"vfs\"}",
                "daemon.json: storage-driver: unknown key; there are debug, group, hosts and no-autostart"
            },
            {"{\"hosts\":\"unix:///a\"}", "daemon.json: hosts: must be a list of strings"},
            {"{\"hosts\":[]}", "daemon.json: hosts: must be a list of strings, at least one"},
            {"{\"hosts\":[\"tcp://127.0.0.1:2375\"]}", "daemon.json: hosts: tcp://127.0.0.1:2375: TCP is refused"},
            {"{\"hosts\":[\"unix://a\"]}", "must be absolute"},
            {"{\"hosts\":[\"fd://2\"]}", "a number from 3, not '2'"},
            {"{\"hosts\":[\"/run/x\"]}", "must be unix:///path or fd://"},
            {"{\"group\":\"\"}", "daemon.json: group: must be a group's name"},
            {"{\"debug\":\"yes\"}", "daemon.json: debug: must be true or false"},
            {"{\"debug\":true,\"debug\":false}", "daemon.json: line 1: is no JSON"},
            {"{\n\"debug\" true}", "daemon.json: line 2: is no JSON"},
            {"[]", "daemon.json: must be a JSON object"},
        };
        for (String[] each : wrong) {
            assertThatThrownBy(() -> read(each[0]))
                    .as(each[0])
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(each[1])
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void onlyTheDefaultFileMayBeAbsent() {
        Path none = folder.resolve("none.json");
        assertThat(ConfigFile.read(none, false)).isEqualTo(ConfigSettings.NONE);
        assertThatThrownBy(() -> ConfigFile.read(none, true)).hasMessage(none + ": no such file");
    }

    @Test
    void aSettingInBothPlacesIsRefused() throws IOException {
        ConfigSettings file = read("{\"debug\":false}");
        ConfigSettings flags = new ConfigSettings(List.of(), Optional.empty(), Optional.of(true), Optional.empty());
        assertThatThrownBy(() -> DaemonConfig.of(Path.of("/x.json"), file, flags))
                .hasMessage("/x.json: debug: also given by --debug; keep one of them");
    }
}
