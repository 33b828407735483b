package dev.dormouse.daemon.api.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.dormouse.daemon.network.AddressPool;
import java.util.List;
import java.util.Map;

/** Answer of {@code GET /info}. */
public record InfoView(
        @JsonProperty("ID") String id,
        int containers,
        int containersRunning,
        int containersPaused,
        int containersStopped,
        int images,
        String driver,
        List<List<String>> driverStatus,
        Plugins plugins,
        boolean memoryLimit,
        boolean swapLimit,
        @JsonProperty("CpuCfsPeriod") boolean cpuCfsPeriod,
        @JsonProperty("CpuCfsQuota") boolean cpuCfsQuota,
        @JsonProperty("CPUShares") boolean cpuShares,
        @JsonProperty("CPUSet") boolean cpuSet,
        boolean pidsLimit,
        @JsonProperty("IPv4Forwarding") boolean ipv4Forwarding,
        boolean debug,
        @JsonProperty("OomKillDisable") boolean oomKillDisable,
        @JsonProperty("NFd") int openFiles,
        @JsonProperty("NGoroutines") int threads,
        String systemTime,
        String loggingDriver,
        String cgroupDriver,
        String cgroupVersion,
        @JsonProperty("NEventsListener") int eventListeners,
        String kernelVersion,
        String operatingSystem,
        @JsonProperty("OSVersion") String osVersion,
        @JsonProperty("OSType") String osType,
        String architecture,
        @JsonProperty("NCPU") int cpus,
        @JsonProperty("MemTotal") long memTotal,
        String indexServerAddress,
        String dockerRootDir,
        String name,
        List<String> labels,
        boolean experimentalBuild,
        String serverVersion,
        Map<String, RuntimeView> runtimes,
        String defaultRuntime,
        Swarm swarm,
        boolean liveRestoreEnabled,
        String isolation,
        String initBinary,
        Commit containerdCommit,
        Commit runcCommit,
        Commit initCommit,
        List<String> securityOptions,
        List<AddressPool> defaultAddressPools,
        List<String> warnings) {
    /** What drivers there are. */
    public record Plugins(List<String> volume, List<String> network, List<String> log) {}

    /** An OCI runtime. */
    public record RuntimeView(@JsonProperty("path") String path) {}

    /** There is none. */
    public record Swarm(String localNodeState) {}

    /** A program's commit; this engine tells its version. */
    public record Commit(@JsonProperty("ID") String id) {}
}
