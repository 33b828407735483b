/** Compiles a container to a bundle and a unit plan, and has systemd (or, without systemd, the engine itself) run it. */
@NullMarked
package dev.dormouse.daemon.runtime;

import org.jspecify.annotations.NullMarked;
