package dev.dormouse.daemon.lifecycle;

import dev.dormouse.daemon.event.Events;
import dev.dormouse.daemon.exec.ExecRuntime;
import dev.dormouse.daemon.image.Images;
import dev.dormouse.daemon.log.LogReader;
import dev.dormouse.daemon.network.Networks;
import dev.dormouse.daemon.runtime.ContainerRuntime;
import dev.dormouse.daemon.store.ContainerStore;

/** What the verbs work with. */
public record EngineParts(
        ContainerStore store,
        ContainerRuntime runtime,
        Images images,
        Networks networks,
        Events events,
        LogReader logs,
        PortChoice ports,
        ExecRuntime execs) {}
