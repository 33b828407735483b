/** Starts containers when the engine comes up: which ones, in which order, how many at once. */
@NullMarked
package dev.dormouse.daemon.restart;

import org.jspecify.annotations.NullMarked;
