package dev.dormouse.daemon.runtime;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.dormouse.daemon.container.ContainerRecord;
import dev.dormouse.daemon.container.HostConfig;
import dev.dormouse.daemon.container.NetworkMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * A container as the OCI runtime specification's {@code config.json} (1.0.2), with docker's defaults.
 *
 * @param host what is true of the machine rather than of the container
 */
record OciBundle(
        ContainerRecord container, ContainerUser user, RuntimePaths paths, Map<String, Path> volumes, Host host) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(value -> value.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .build();

    private static final String DEFAULT_PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final long CPU_PERIOD_MICROSECONDS = 100_000;
    private static final long NANOSECONDS_PER_MICROSECOND = 1000;

    private static final List<String> MASKED = List.of(
            "/proc/asound",
            "/proc/acpi",
            "/proc/interrupts",
            "/proc/kcore",
            "/proc/keys",
            "/proc/latency_stats",
            "/proc/timer_list",
            "/proc/timer_stats",
            "/proc/sched_debug",
            "/proc/scsi",
            "/sys/firmware",
            "/sys/devices/virtual/powercap");
    private static final List<String> READ_ONLY =
            List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

    /**
     * What the machine gives.
     *
     * @param name its host name, which a container with {@code --network host} shares
     * @param capabilities bit mask of those that processes here can have
     * @param cgroup of the container, absolute
     * @param filterDevices whether crun is to filter devices because nobody else does
     */
    record Host(String name, long capabilities, String cgroup, boolean filterDevices) {}

    String json() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("ociVersion", "1.0.2");
        config.put("process", process());
        config.put(
                "root",
                Map.of(
                        "path",
                        paths.merged(container.id()).toString(),
                        "readonly",
                        container.hostConfig().readonlyRootfs()));
        config.put("hostname", hostname());
        config.put("mounts", OciMounts.of(container, paths.container(container.id()), volumes));
        config.put("linux", linux());
        return JSON.writeValueAsString(config);
    }

    /** The name that the container sees as its own. */
    String hostname() {
        if (!container.config().hostname().isEmpty()) {
            return container.config().hostname();
        }
        return container.hostConfig().networkMode().equals(NetworkMode.HOST)
                ? host.name()
                : container.id().abbreviated();
    }

    private Map<String, Object> process() {
        Map<String, Object> process = new LinkedHashMap<>();
        process.put("terminal", false);
        process.put("user", Map.of("uid", user.uid(), "gid", user.gid(), "additionalGids", user.additionalGroups()));
        process.put("args", arguments());
        process.put("env", environment());
        process.put(
                "cwd",
                container.config().workingDir().isEmpty()
                        ? "/"
                        : container.config().workingDir());
        process.put("capabilities", capabilities());
        process.put("noNewPrivileges", container.hostConfig().noNewPrivileges());
        return process;
    }

    private List<String> arguments() {
        List<String> arguments = new ArrayList<>(container.config().entrypoint().orElse(List.of()));
        arguments.addAll(container.config().cmd().orElse(List.of()));
        return arguments;
    }

    /** Docker's order: its own first, so that the image's and the client's variables win. */
    private List<String> environment() {
        Map<String, String> variables = new LinkedHashMap<>();
        add(variables, DEFAULT_PATH);
        add(variables, "HOSTNAME=" + hostname());
        container.config().env().forEach(variable -> add(variables, variable));
        variables.putIfAbsent("HOME", "HOME=" + user.home());
        return List.copyOf(variables.values());
    }

    private static void add(Map<String, String> variables, String variable) {
        int equals = variable.indexOf('=');
        if (equals > 0) {
            variables.put(variable.substring(0, equals), variable);
        }
    }

    private Map<String, Object> capabilities() {
        HostConfig options = container.hostConfig();
        List<String> bounding = Capabilities.of(options.capAdd(), options.capDrop(), host.capabilities());
        // A user other than root starts without any, as after an execve (capabilities(7)).
        List<String> effective = user.uid() == 0 ? bounding : List.of();
        return Map.of("bounding", bounding, "effective", effective, "permitted", effective);
    }

    private Map<String, Object> linux() {
        Map<String, Object> linux = new LinkedHashMap<>();
        linux.put("cgroupsPath", host.cgroup());
        linux.put("namespaces", namespaces());
        linux.put("resources", resources());
        if (!container.hostConfig().networkMode().equals(NetworkMode.HOST)) {
            // As docker: in a network namespace of its own low ports and ping need no privilege.
            linux.put(
                    "sysctl",
                    Map.of("net.ipv4.ip_unprivileged_port_start", "0", "net.ipv4.ping_group_range", "0 2147483647"));
        }
        linux.put("maskedPaths", MASKED);
        linux.put("readonlyPaths", READ_ONLY);
        return linux;
    }

    private List<Map<String, String>> namespaces() {
        List<Map<String, String>> namespaces = new ArrayList<>();
        for (String type : List.of("pid", "ipc", "uts", "mount", "cgroup")) {
            namespaces.add(Map.of("type", type));
        }
        if (container.hostConfig().networkMode().isBridged()) {
            namespaces.add(Map.of(
                    "type",
                    "network",
                    "path",
                    paths.networkNamespace(container.id()).toString()));
        } else if (container.hostConfig().networkMode().equals(NetworkMode.NONE)) {
            namespaces.add(Map.of("type", "network"));
        }
        return namespaces;
    }

    private Map<String, Object> resources() {
        HostConfig options = container.hostConfig();
        Map<String, Object> resources = new LinkedHashMap<>();
        if (host.filterDevices()) {
            resources.put("devices", DeviceRule.DOCKERS);
        }
        if (options.memoryBytes() > 0) {
            // As docker: as much swap again as memory, where nothing else is said.
            resources.put(
                    "memory",
                    Map.of("limit", options.memoryBytes(), "swap", Math.multiplyExact(options.memoryBytes(), 2L)));
        }
        if (options.nanoCpus() > 0) {
            long quota = options.nanoCpus() * CPU_PERIOD_MICROSECONDS / (NANOSECONDS_PER_MICROSECOND * 1_000_000L);
            resources.put("cpu", Map.of("quota", quota, "period", CPU_PERIOD_MICROSECONDS));
        }
        if (options.pidsLimit() > 0) {
            resources.put("pids", Map.of("limit", options.pidsLimit()));
        }
        return resources;
    }

    /** One entry of {@code linux.resources.devices}; absent numbers mean all. */
    record DeviceRule(
            boolean allow, Optional<String> type, Optional<Integer> major, Optional<Integer> minor, String access) {
        /** Nothing but the devices that every container has; nodes may be made, not used. The unit's DeviceAllow says the same. */
        static final List<DeviceRule> DOCKERS = List.of(
                new DeviceRule(false, Optional.empty(), Optional.empty(), Optional.empty(), "rwm"),
                new DeviceRule(true, Optional.of("c"), Optional.empty(), Optional.empty(), "m"),
                new DeviceRule(true, Optional.of("b"), Optional.empty(), Optional.empty(), "m"),
                character(1, 3),
                character(1, 5),
                character(1, 7),
                character(1, 8),
                character(1, 9),
                character(5, 0),
                character(5, 2),
                new DeviceRule(true, Optional.of("c"), Optional.of(136), Optional.empty(), "rwm"));

        private static DeviceRule character(int major, int minor) {
            return new DeviceRule(true, Optional.of("c"), Optional.of(major), Optional.of(minor), "rwm");
        }
    }
}
