package dev.dormouse.integration;

import dev.dormouse.daemon.runtime.NetworkFiles;
import dev.dormouse.daemon.runtime.RuntimePaths;
import dev.dormouse.daemon.runtime.SystemRuntime;

/** The same plan without systemd. */
class DirectRuntimeIT extends RealRuntimeContract {
    @Override
    SystemRuntime runtime(RuntimePaths paths, BusyboxLayer image, NetworkFiles network) {
        return SystemRuntime.direct(paths, image, network);
    }
}
