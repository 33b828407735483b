/** Signals that this process takes as orders. */
@NullMarked
package dev.dormouse.units.signal;

import org.jspecify.annotations.NullMarked;
