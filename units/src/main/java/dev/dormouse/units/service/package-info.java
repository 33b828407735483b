/** A service that sleeps, as it is declared: where it listens, what it wakes, and the files that say so to systemd and the activator. */
@NullMarked
package dev.dormouse.units.service;

import org.jspecify.annotations.NullMarked;
