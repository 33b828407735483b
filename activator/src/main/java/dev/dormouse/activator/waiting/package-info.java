/** Tells those who wait for long to come again. */
@NullMarked
package dev.dormouse.activator.waiting;

import org.jspecify.annotations.NullMarked;
