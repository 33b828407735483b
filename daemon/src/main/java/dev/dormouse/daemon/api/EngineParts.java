package dev.dormouse.daemon.api;

import dev.dormouse.daemon.image.Images;
import dev.dormouse.daemon.lifecycle.Containers;

/** What the API needs of the engine. */
public record EngineParts(Containers containers, Images images, EventSource events) {}
