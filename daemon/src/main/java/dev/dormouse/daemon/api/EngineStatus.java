package dev.dormouse.daemon.api;

import java.nio.file.Path;

/**
 * What the engine says of itself in {@code GET /info}, at any time, also while it restores.
 *
 * @param phase one or two words: {@code loading}, {@code reconciling}, {@code running}
 * @param dataRoot where it keeps what lasts: {@code /var/lib/dormouse}
 * @param systemd whether systemd runs the containers; otherwise the engine does
 */
public record EngineStatus(String phase, Path dataRoot, boolean systemd) {}
