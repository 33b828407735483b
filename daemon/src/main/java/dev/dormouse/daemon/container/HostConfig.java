package dev.dormouse.daemon.container;

import dev.dormouse.daemon.spec.PublishedPort;
import java.util.List;
import java.util.Map;

/**
 * How a container is run on this host ({@code HostConfig} of an inspect): the options this engine has. What Docker knows and this
 * engine does not is refused at the API's edge, by name.
 *
 * @param autoRemove {@code --rm}
 * @param capAdd capability names without {@code CAP_}, upper case; or {@code ALL}
 * @param capDrop as {@code capAdd}
 * @param tmpfs target path to mount options
 * @param extraHosts {@code name:address} each
 * @param dns resolver addresses; empty: the host's
 * @param memoryBytes 0: no limit
 * @param nanoCpus billionths of a CPU; 0: no limit
 * @param pidsLimit 0 or less: no limit
 * @param shmBytes size of /dev/shm; 0 in a create request only: the engine's default
 * @param noNewPrivileges whether programs gain nothing by set-user-ID or file capabilities (PR_SET_NO_NEW_PRIVS(2const))
 */
public record HostConfig(
        NetworkMode networkMode,
        List<PublishedPort> publishedPorts,
        List<BindMount> binds,
        boolean autoRemove,
        boolean readonlyRootfs,
        List<String> capAdd,
        List<String> capDrop,
        Map<String, String> tmpfs,
        List<String> extraHosts,
        List<String> dns,
        long memoryBytes,
        long nanoCpus,
        long pidsLimit,
        long shmBytes,
        boolean noNewPrivileges,
        RestartPolicy restartPolicy) {
    /** The same with other published ports. */
    public HostConfig withPublishedPorts(List<PublishedPort> ports) {
        return new HostConfig(
                networkMode,
                List.copyOf(ports),
                binds,
                autoRemove,
                readonlyRootfs,
                capAdd,
                capDrop,
                tmpfs,
                extraHosts,
                dns,
                memoryBytes,
                nanoCpus,
                pidsLimit,
                shmBytes,
                noNewPrivileges,
                restartPolicy);
    }

    /** The same with another policy. */
    public HostConfig withRestartPolicy(RestartPolicy policy) {
        return new HostConfig(
                networkMode,
                publishedPorts,
                binds,
                autoRemove,
                readonlyRootfs,
                capAdd,
                capDrop,
                tmpfs,
                extraHosts,
                dns,
                memoryBytes,
                nanoCpus,
                pidsLimit,
                shmBytes,
                noNewPrivileges,
                policy);
    }

    /** The same with another size of /dev/shm. */
    public HostConfig withShmBytes(long bytes) {
        return new HostConfig(
                networkMode,
                publishedPorts,
                binds,
                autoRemove,
                readonlyRootfs,
                capAdd,
                capDrop,
                tmpfs,
                extraHosts,
                dns,
                memoryBytes,
                nanoCpus,
                pidsLimit,
                bytes,
                noNewPrivileges,
                restartPolicy);
    }
}
