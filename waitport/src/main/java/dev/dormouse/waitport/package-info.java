/** Readiness probes, a bounded wait on them, and the {@code waitport} command. */
@NullMarked
package dev.dormouse.waitport;

import org.jspecify.annotations.NullMarked;
