package dev.dormouse.activator.wake;

import java.util.function.BooleanSupplier;

/**
 * A wake that is asked for.
 *
 * @param handedOver the sockets have just come from systemd, which starts the container itself at the same time
 * @param wanted whether somebody still waits for it; asked by a task of the agenda when its turn comes
 */
public record WakeRequest(String name, boolean handedOver, BooleanSupplier wanted) {}
