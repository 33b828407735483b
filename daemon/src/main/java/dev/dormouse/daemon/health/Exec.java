package dev.dormouse.daemon.health;

import java.time.Duration;
import java.util.List;

/** Runs commands in one container, as its user, in its working directory, with its environment. */
@FunctionalInterface
interface Exec {
    /**
     * Runs it to its end, or kills it when the time is over. Whatever happens is a result.
     *
     * @param limit above zero
     * @throws InterruptedException if the thread is interrupted meanwhile; the command has been killed
     */
    HealthResult run(List<String> command, Duration limit) throws InterruptedException;
}
