/** How the engine ends: why, in which order, how long that may take, and whether the containers end with it. */
@NullMarked
package dev.dormouse.daemon.shutdown;

import org.jspecify.annotations.NullMarked;
