/** Reads what containers wrote. */
@NullMarked
package dev.dormouse.daemon.log;

import org.jspecify.annotations.NullMarked;
