/** Counts what happens, from one life of the process to the next. */
@NullMarked
package dev.dormouse.activator.tally;

import org.jspecify.annotations.NullMarked;
