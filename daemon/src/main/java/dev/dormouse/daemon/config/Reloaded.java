package dev.dormouse.daemon.config;

import java.util.List;

/**
 * What came of a reload.
 *
 * @param changed keys that have another value now, in effect
 * @param needRestart keys that have another value in the file than in this engine, which takes it when it is started next
 */
public record Reloaded(List<String> changed, List<String> needRestart) {}
