package dev.dormouse.activator.service;

import java.time.Duration;

/**
 * What holds for every service.
 *
 * @param linger how long the activator stays when it holds nothing
 * @param drain how long connections may go on when their sockets are taken back
 * @param connectionsMaximum clients of one listener that are served at once, at least 1; more wait in the kernel's queue
 */
public record Settings(Duration linger, Duration drain, int connectionsMaximum) {
    /** 10 s, 10 s; as many connections as a service's own limit of open files bears. */
    public static final Settings STANDARD = new Settings(Duration.ofSeconds(10), Duration.ofSeconds(10), 65_536);
}
