/** Tells what the activator holds. */
@NullMarked
package dev.dormouse.activator.status;

import org.jspecify.annotations.NullMarked;
