/** Health checks with dockerd's semantics, and the readiness probes that need root: the process {@code dormouse-prober}. */
@NullMarked
package dev.dormouse.daemon.health;

import org.jspecify.annotations.NullMarked;
