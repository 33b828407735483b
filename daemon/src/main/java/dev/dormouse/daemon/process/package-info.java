/** Runs programs of the distribution and reports how they ended. */
@NullMarked
package dev.dormouse.daemon.process;

import org.jspecify.annotations.NullMarked;
