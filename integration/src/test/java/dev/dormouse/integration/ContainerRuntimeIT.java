package dev.dormouse.integration;

import dev.dormouse.daemon.runtime.NetworkFiles;
import dev.dormouse.daemon.runtime.RuntimePaths;
import dev.dormouse.daemon.runtime.SystemRuntime;

/** Containers as units of systemd. */
class ContainerRuntimeIT extends RealRuntimeContract {
    @Override
    SystemRuntime runtime(RuntimePaths paths, BusyboxLayer image, NetworkFiles network) {
        return SystemRuntime.underSystemd(paths, image, network, new Systemctl());
    }
}
