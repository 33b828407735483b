package dev.dormouse.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.daemon.container.BindMount;
import dev.dormouse.daemon.container.ContainerConfig;
import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.HostConfig;
import dev.dormouse.daemon.container.NetworkMode;
import dev.dormouse.daemon.container.RestartPolicy;
import dev.dormouse.daemon.error.EngineException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OciBundleTest {
    private static final RuntimePaths PATHS = RuntimePaths.installedAt(Path.of("/usr"));
    private static final ContainerUser ROOT = new ContainerUser(0, 0, List.of(), "/root");
    private static final ContainerUser NGINX = new ContainerUser(101, 102, List.of(7), "/srv");
    private static final OciBundle.Host HOST = new OciBundle.Host("machine", -1L, "/slice/unit/container", false);

    @Test
    void theCommandIsEntrypointAndArguments() {
        ContainerConfig config = new ContainerConfig(
                "web",
                "",
                List.of("A=1", "PATH=/bin", "A=2"),
                Optional.of(List.of("/entry")),
                Optional.of(List.of("one", "two")),
                "/srv",
                Map.of(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "nginx");
        JsonNode process = bundle(ContainerRecords.with("x", config, ContainerRecords.host(NetworkMode.NONE)), ROOT)
                .path("process");
        assertThat(texts(process.path("args"))).containsExactly("/entry", "one", "two");
        assertThat(texts(process.path("env"))).containsExactly("PATH=/bin", "HOSTNAME=web", "A=2", "HOME=/root");
        assertThat(process.path("cwd").asString()).isEqualTo("/srv");
    }

    @Test
    void aUserOtherThanRootStartsWithoutCapabilities() {
        JsonNode process = bundle(ContainerRecords.of("x", "id"), NGINX).path("process");
        assertThat(process.path("user").path("uid").asInt()).isEqualTo(101);
        assertThat(process.path("user").path("gid").asInt()).isEqualTo(102);
        assertThat(process.path("user").path("additionalGids").get(0).asInt()).isEqualTo(7);
        assertThat(texts(process.path("capabilities").path("bounding"))).hasSize(14);
        assertThat(texts(process.path("capabilities").path("effective"))).isEmpty();
        assertThat(texts(process.path("env"))).contains("HOME=/srv");
    }

    @Test
    void eachNetworkHasItsNamespace() {
        ContainerRecord bridge = networked(NetworkMode.BRIDGE);
        JsonNode onBridge = bundle(bridge, ROOT);
        assertThat(network(onBridge).orElseThrow().path("path").asString())
                .isEqualTo("/run/dormouse/netns/" + bridge.id());
        assertThat(onBridge.path("hostname").asString()).isEqualTo(bridge.id().abbreviated());

        JsonNode alone = bundle(networked(NetworkMode.NONE), ROOT);
        assertThat(network(alone).orElseThrow().has("path")).isFalse();

        JsonNode onHost = bundle(networked(NetworkMode.HOST), ROOT);
        assertThat(network(onHost)).isEmpty();
        assertThat(onHost.path("hostname").asString()).isEqualTo("machine");
        assertThat(onHost.path("linux").has("sysctl")).isFalse();
    }

    @Test
    void mountsComeAfterWhatTheyLieIn() {
        HostConfig host = new HostConfig(
                NetworkMode.NONE,
                List.of(),
                List.of(new BindMount("/host/deep", "/data/deep/er", true), new BindMount("/host", "/data", false)),
                false,
                true,
                List.of(),
                List.of(),
                Map.of("/data/tmp", "size=1m,exec"),
                List.of(),
                List.of(),
                0,
                0,
                0,
                1 << 20,
                true,
                RestartPolicy.NO);
        JsonNode config = bundle(ContainerRecords.with("x", ContainerRecords.config(List.of("id")), host), ROOT);
        List<String> targets = config.path("mounts")
                .valueStream()
                .map(mount -> mount.path("destination").asString())
                .toList();
        assertThat(targets).containsSubsequence("/data", "/data/tmp", "/data/deep/er");
        assertThat(config.path("mounts")
                        .valueStream()
                        .filter(mount -> mount.path("destination").stringValue().equals("/dev/shm"))
                        .map(mount -> mount.path("options").toString()))
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .contains("\"size=1048576\"");
        assertThat(config.path("process").path("noNewPrivileges").booleanValue())
                .isTrue();
        assertThat(targets).contains("/etc/hosts", "/etc/hostname", "/etc/resolv.conf", "/dev/shm", "/proc");
        assertThat(texts(mount(config, "/data/deep/er").path("options"))).containsExactly("rbind", "rprivate", "ro");
        assertThat(texts(mount(config, "/data/tmp").path("options")))
                .containsExactly("nosuid", "nodev", "noexec", "size=1m", "exec");
        assertThat(config.path("root").path("readonly").asBoolean()).isTrue();
    }

    @Test
    void limitsAreThoseThatWereAskedFor() {
        JsonNode none =
                bundle(ContainerRecords.of("x", "id"), ROOT).path("linux").path("resources");
        assertThat(none.isEmpty()).isTrue();

        HostConfig host = new HostConfig(
                NetworkMode.NONE,
                List.of(),
                List.of(),
                false,
                false,
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                64 << 20,
                1_500_000_000L,
                100,
                64 << 20,
                false,
                RestartPolicy.NO);
        JsonNode asked = bundle(ContainerRecords.with("x", ContainerRecords.config(List.of("id")), host), ROOT)
                .path("linux")
                .path("resources");
        assertThat(asked.path("memory").path("limit").asLong()).isEqualTo(64 << 20);
        assertThat(asked.path("memory").path("swap").asLong()).isEqualTo(128 << 20);
        assertThat(asked.path("cpu").path("quota").asLong()).isEqualTo(150_000);
        assertThat(asked.path("cpu").path("period").asLong()).isEqualTo(100_000);
        assertThat(asked.path("pids").path("limit").asLong()).isEqualTo(100);
    }

    @Test
    void theRuntimeFiltersDevicesOnlyWhereNobodyElseDoes() {
        ContainerRecord container = ContainerRecords.of("x", "id");
        OciBundle.Host alone = new OciBundle.Host("machine", -1L, "/dormouse/x", true);
        JsonNode devices = JsonMapper.shared()
                .readTree(new OciBundle(container, ROOT, PATHS, Map.of(), alone).json())
                .path("linux")
                .path("resources")
                .path("devices");
        assertThat(devices.get(0).path("allow").asBoolean()).isFalse();
        assertThat(devices.get(0).has("major")).as("all of them").isFalse();
        assertThat(bundle(container, ROOT).path("linux").path("resources").has("devices"))
                .isFalse();
    }

    @Test
    void theCgroupIsWrittenAsTheScriptLooksForIt() {
        String json = new OciBundle(ContainerRecords.of("x", "id"), ROOT, PATHS, Map.of(), HOST).json();
        assertThat(json).contains("\"cgroupsPath\":\"/slice/unit/container\"");
    }

    @Test
    void capabilitiesAreAddedAndDropped() {
        assertThat(Capabilities.of(List.of("SYS_TIME"), List.of("MKNOD", "NET_RAW"), -1L))
                .contains("CAP_SYS_TIME", "CAP_CHOWN")
                .doesNotContain("CAP_MKNOD", "CAP_NET_RAW")
                .hasSize(13);
        assertThat(Capabilities.of(List.of("CHOWN"), List.of("ALL"), -1L)).containsExactly("CAP_CHOWN");
        assertThat(Capabilities.of(List.of("ALL"), List.of("MKNOD"), 0b11L))
                .as("no more than the machine has")
                .containsExactly("CAP_CHOWN", "CAP_DAC_OVERRIDE");
        assertThatThrownBy(() -> Capabilities.of(List.of("FLY"), List.of(), -1L))
                .isInstanceOf(EngineException.InvalidParameter.class)
                .hasMessageContaining("cap-add: there is no capability FLY");
    }

    private static ContainerRecord networked(NetworkMode mode) {
        return ContainerRecords.with("x", ContainerRecords.config(List.of("id")), ContainerRecords.host(mode));
    }

    private static JsonNode bundle(ContainerRecord container, ContainerUser user) {
        return JsonMapper.shared().readTree(new OciBundle(container, user, PATHS, Map.of(), HOST).json());
    }

    private static Optional<JsonNode> network(JsonNode config) {
        return config.path("linux")
                .path("namespaces")
                .valueStream()
                .filter(namespace -> namespace.path("type").asString().equals("network"))
                .findFirst();
    }

    private static JsonNode mount(JsonNode config, String target) {
        return config.path("mounts")
                .valueStream()
                .filter(mount -> mount.path("destination").asString().equals(target))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }
}
