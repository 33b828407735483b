package dev.dormouse.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.JsonNodeFactory;

class ConfigKeysTest {
    @Test
    void everyKeyHasItsDefault() {
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("hosts", List.of(new ListenAddress.Unix(Path.of("/run/dormouse/docker.sock"))));
        expected.put("group", Optional.empty());
        expected.put("debug", false);
        expected.put("labels", List.of());
        expected.put("default-stop-timeout", 10);
        expected.put("default-shm-size", 67_108_864L);
        expected.put("no-autostart", false);
        expected.put("live-restore", true);
        expected.put("shutdown-timeout", 15);
        expected.put("exit-idle-time", Duration.ZERO);
        Map<String, Object> found = new LinkedHashMap<>();
        ConfigKeys.ALL.forEach(key -> found.put(key.name(), key.byDefault()));

        assertThat(found).isEqualTo(expected);
        DaemonConfig config = new DaemonConfig(ConfigSettings.NONE);
        assertThat(List.of(
                        config.hosts(),
                        config.group(),
                        config.debug(),
                        config.labels(),
                        config.defaultStopTimeoutSeconds(),
                        config.defaultShmBytes(),
                        config.noAutostart(),
                        config.life().liveRestore(),
                        config.life().shutdownTimeoutSeconds(),
                        config.life().exitIdleTime()))
                .isEqualTo(List.copyOf(expected.values()));
    }

    @Test
    void whatTheProcessBeginsWithIsFixedAndTheRestIsNot() {
        assertThat(ConfigKeys.ALL.stream().filter(key -> !key.reloadable()).map(ConfigKey::name))
                .containsExactly("hosts", "group", "no-autostart", "exit-idle-time");
    }

    @ParameterizedTest
    @CsvSource({"64m,67108864", "64M,67108864", "64 MiB,67108864", "1gb,1073741824", "4096,4096", "16t,17592186044416"})
    void sizesAreWrittenAsDockersAre(String text, long bytes) {
        assertThat(ConfigKeys.DEFAULT_SHM_SIZE.kind().read(JsonNodeFactory.instance.stringNode(text)))
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"debug,debug,0", "debug,dbug,1", "debug,debgu,2", "hosts,'',5", "group,grape,3"})
    void distancesAreCounted(String left, String right, int distance) {
        assertThat(UnknownKey.distance(left, right)).isEqualTo(distance);
    }
}
