package dev.dormouse.daemon.api;

import dev.dormouse.daemon.image.Images;
import dev.dormouse.daemon.lifecycle.Containers;
import dev.dormouse.daemon.lifecycle.Execs;
import dev.dormouse.daemon.lifecycle.NetworkVerbs;

/** What the API needs of the engine. */
public record EngineParts(
        Containers containers, NetworkVerbs networks, Images images, EventSource events, Execs execs) {}
