package dev.dormouse.daemon.config;

import java.time.Duration;

/**
 * When the engine ends, and what ends with it.
 *
 * @param liveRestore whether containers run on when the engine is stopped
 * @param shutdownTimeoutSeconds what stopping them may take at least; negative: any time
 * @param exitIdleTime how long nobody may be connected before the engine ends by itself; zero: for ever
 */
public record Life(boolean liveRestore, int shutdownTimeoutSeconds, Duration exitIdleTime) {}
